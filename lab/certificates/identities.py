"""Who signs, and what each kind of certificate is: one recipe a kind."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import assert_never

import trustme

from lab.certificates.self_signed import self_signed
from lab.tls import Certificate

NAMES = ("upstream.test", "localhost", "127.0.0.1", "::1")
"""The names that certificates are made out to, unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a party shows, all in PEM: its certificate first, then those that vouch for it, and its private key."""

    chain: tuple[bytes, ...]
    key: bytes

    @property
    def pem(self) -> bytes:
        """Key and chain in one, as most servers read them from one file."""
        return self.key + b"".join(self.chain)


def authority() -> bytes:
    """The certificate, in PEM, of the authority to trust in this process."""
    return _roots().trusted.cert_pem.bytes()


def identity(kind: Certificate = Certificate.VALID, names: tuple[str, ...] = NAMES) -> Identity:
    """A server's certificate of this kind, made out to these names and addresses."""
    return _identity(kind, names)


def client_identity() -> Identity:
    """The certificate that a client shows where a server demands one, signed by the same authority."""
    return _identity(Certificate.VALID, ("client.test",))


@dataclass(frozen=True, slots=True)
class _Roots:
    """The authority to trust, one that nobody knows, and the one below each that signs in its name."""

    trusted: trustme.CA
    unknown: trustme.CA
    below_trusted: trustme.CA
    below_unknown: trustme.CA


_one_at_a_time = threading.Lock()


def _roots() -> _Roots:
    with _one_at_a_time:  # two threads must not end up with an authority each
        return _make_roots()


@cache
def _make_roots() -> _Roots:
    trusted, unknown = trustme.CA(), trustme.CA()
    return _Roots(trusted, unknown, trusted.create_child_ca(), unknown.create_child_ca())


@lru_cache(maxsize=256)
def _identity(kind: Certificate, names: tuple[str, ...]) -> Identity:
    roots, now = _roots(), datetime.now(UTC)
    day, year = timedelta(days=1), timedelta(days=365)
    match kind:
        case Certificate.VALID:
            return _shown(roots.below_trusted.issue_cert(*names))
        case Certificate.EXPIRED:
            return _shown(roots.below_trusted.issue_cert(*names, not_before=now - year, not_after=now - day))
        case Certificate.NOT_YET_VALID:
            return _shown(roots.below_trusted.issue_cert(*names, not_before=now + year, not_after=now + 2 * year))
        case Certificate.WRONG_NAME:
            return _shown(roots.below_trusted.issue_cert("another.test"))
        case Certificate.UNTRUSTED:
            # With its root, as servers with an authority of their own often send it: so a client can tell this from
            # a missing intermediate.
            return _shown(roots.below_unknown.issue_cert(*names), roots.unknown.cert_pem.bytes())
        case Certificate.SELF_SIGNED:
            return Identity(*self_signed(names))
        case Certificate.MISSING_INTERMEDIATE:
            valid = _identity(Certificate.VALID, names)
            return Identity(valid.chain[:1], valid.key)
        case _:
            assert_never(kind)


def _shown(leaf: trustme.LeafCert, *further: bytes) -> Identity:
    return Identity((*(pem.bytes() for pem in leaf.cert_chain_pems), *further), leaf.private_key_pem.bytes())
