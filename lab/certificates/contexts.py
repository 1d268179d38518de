"""TLS contexts for servers and clients. Bare ones: the system's authorities play no part, and take 20 ms to load."""

import os
import ssl
import warnings
from collections.abc import Iterable
from functools import lru_cache
from tempfile import NamedTemporaryFile

from lab.certificates.identities import NAMES, Identity, authority, client_identity, identity
from lab.tls import Alert, Certificate

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


def server_context(
    kind: Certificate = Certificate.VALID,
    *,
    names: Iterable[str] = NAMES,
    alpn: Iterable[str] = (),
    oldest: str = "1.2",
    newest: str = "1.3",
    server_name: str | None = None,
    client_certificate: bool = False,
) -> ssl.SSLContext:
    """A server that shows a certificate of this kind.

    `alpn`: the protocols it speaks, in order of preference. `oldest`, `newest`: versions of TLS, "1.0" to "1.3".
    `server_name`: what a client must ask for, else it gets the alert unrecognized_name. `client_certificate`: it
    demands one from the lab's authority.
    """
    return _server_context(kind, tuple(names), tuple(alpn), oldest, newest, server_name, client_certificate)


def client_context(
    *,
    trust: bytes | None = None,
    alpn: Iterable[str] = (),
    oldest: str = "1.2",
    newest: str = "1.3",
    client_certificate: bool = False,
    verify: bool = True,
) -> ssl.SSLContext:
    """A client that checks the server's certificate and name, and trusts the lab's authority alone.

    `trust`: other authorities instead, in PEM (ValueError where it holds none). `client_certificate`: it has one to
    show. Without `verify` it accepts any server.
    """
    return _client_context(
        authority() if trust is None else trust, tuple(alpn), oldest, newest, client_certificate, verify
    )


@lru_cache(maxsize=256)
def _server_context(
    kind: Certificate,
    names: tuple[str, ...],
    alpn: tuple[str, ...],
    oldest: str,
    newest: str,
    server_name: str | None,
    client_certificate: bool,
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _limit(context, alpn, oldest, newest)
    _show(context, identity(kind, names))
    # Session tickets are bytes that no script sends, and unread ones turn a client's close into a reset.
    context.num_tickets = 0
    if server_name is not None:
        context.sni_callback = lambda _, asked, __: None if asked == server_name else Alert.UNRECOGNIZED_NAME.value
    if client_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=authority().decode())
    return context


@lru_cache(maxsize=256)
def _client_context(
    trust: bytes, alpn: tuple[str, ...], oldest: str, newest: str, client_certificate: bool, verify: bool
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _limit(context, alpn, oldest, newest)
    try:
        context.load_verify_locations(cadata=trust.decode("ascii"))
    except (ValueError, ssl.SSLError) as error:
        raise ValueError(f"no certificate in PEM can be read from what is to be trusted: {error}") from error
    if client_certificate:
        _show(context, client_identity())
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _limit(context: ssl.SSLContext, alpn: tuple[str, ...], oldest: str, newest: str) -> None:
    if VERSIONS[oldest] < VERSIONS["1.2"]:
        context.set_ciphers("ALL:@SECLEVEL=0")  # OpenSSL 3 has no cipher for TLS 1.0 and 1.1 on any higher level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are wanted where they are asked for
        context.minimum_version, context.maximum_version = VERSIONS[oldest], VERSIONS[newest]
    if alpn:
        context.set_alpn_protocols(list(alpn))


def _show(context: ssl.SSLContext, shown: Identity) -> None:
    """Load a certificate. Python reads one from files only, so there is one for a moment."""
    file = NamedTemporaryFile(suffix=".pem", delete=False)  # noqa: SIM115 - Windows opens it only once it is closed
    try:
        with file:
            file.write(shown.pem)
        context.load_cert_chain(file.name)
    finally:
        os.unlink(file.name)
