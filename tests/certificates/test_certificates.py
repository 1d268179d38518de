"""Every kind of certificate is what its name says: proved by handshakes, and by `openssl` where it is installed."""

import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

import lab.certificates
from lab.certificates import NAMES, authority, client_context, identity, server_context
from lab.tls import Alert, Certificate, describe, received_alert
from tests.certificates.handshake import shake_hands, side

ROOT = Path(lab.certificates.__file__).parents[2]

# OpenSSL's numbers and words for what it finds wrong.
FOUND = {
    Certificate.EXPIRED: (10, "certificate has expired"),
    Certificate.NOT_YET_VALID: (9, "certificate is not yet valid"),
    Certificate.WRONG_NAME: (62, "Hostname mismatch, certificate is not valid for 'upstream.test'."),
    Certificate.UNTRUSTED: (19, "self-signed certificate in certificate chain"),
    Certificate.SELF_SIGNED: (18, "self-signed certificate"),
    Certificate.MISSING_INTERMEDIATE: (20, "unable to get local issuer certificate"),
}


@pytest.mark.parametrize("name", ["upstream.test", "localhost", "127.0.0.1", "::1"])
def test_the_valid_one_is_accepted_under_each_of_its_names(name: str) -> None:
    client, server = shake_hands(client_context(), server_context(), name)
    assert (client.done, client.error) == (True, None)
    assert (server.done, server.error) == (True, None)


def test_the_valid_one_also_passes_the_strictest_checks() -> None:
    strict = ssl.create_default_context(cadata=authority().decode())
    strict.verify_flags |= ssl.VERIFY_X509_STRICT
    client, _ = shake_hands(strict, server_context())
    assert (client.done, client.error) == (True, None)


@pytest.mark.parametrize("newest", ["1.2", "1.3"])
@pytest.mark.parametrize("kind", [kind for kind in Certificate if kind.refused])
def test_every_other_one_is_refused_for_what_its_name_says(kind: Certificate, newest: str) -> None:
    client, server = shake_hands(client_context(), server_context(kind, newest=newest))
    assert not client.done
    assert isinstance(client.error, ssl.SSLCertVerificationError)
    assert (client.error.verify_code, client.error.verify_message) == FOUND[kind]
    assert server.error is not None
    assert received_alert(server.error.reason) is not None


@pytest.mark.parametrize("kind", Certificate)
def test_every_one_is_accepted_where_nobody_checks(kind: Certificate) -> None:
    client, _ = shake_hands(client_context(verify=False), server_context(kind))
    assert (client.done, client.error) == (True, None)


@pytest.mark.parametrize("kind", Certificate)
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed (apt install openssl)")
def test_openssl_finds_the_same(kind: Certificate, tmp_path: Path) -> None:
    shown = identity(kind)
    (tmp_path / "authority.pem").write_bytes(authority())
    (tmp_path / "leaf.pem").write_bytes(shown.chain[0])
    (tmp_path / "sent.pem").write_bytes(b"".join(shown.chain))
    command = "openssl verify -CAfile authority.pem -untrusted sent.pem -verify_hostname upstream.test leaf.pem"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode == 0) is not kind.refused
    if kind.refused:
        assert f"error {FOUND[kind][0]} at" in done.stderr


def test_names_may_be_chosen() -> None:
    server = server_context(names=("gateway.test", "127.9.8.7"))
    for name, error in [("gateway.test", None), ("127.9.8.7", None), ("upstream.test", 62)]:
        client, _ = shake_hands(client_context(), server, name)
        assert getattr(client.error, "verify_code", None) == error


def test_a_client_trusts_whom_it_is_told_to() -> None:
    itself = identity(Certificate.SELF_SIGNED).chain[0]
    client, _ = shake_hands(client_context(trust=itself), server_context(Certificate.SELF_SIGNED))
    assert (client.done, client.error) == (True, None)


@pytest.mark.parametrize("trust", [b"", b"no certificate", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_what_is_no_certificate_cannot_be_trusted(trust: bytes) -> None:
    with pytest.raises(ValueError, match="no certificate in PEM can be read from what is to be trusted"):
        client_context(trust=trust)


@pytest.mark.parametrize("newest", ["1.2", "1.3"])
def test_a_demanded_client_certificate_is_shown(newest: str) -> None:
    server = server_context(client_certificate=True, newest=newest)
    client, accepted = shake_hands(client_context(client_certificate=True), server)
    assert (client.error, accepted.done, accepted.error) == (None, True, None)


def test_without_one_a_tls_1_3_client_learns_of_it_only_after_its_handshake() -> None:
    client, server = shake_hands(client_context(), server_context(client_certificate=True))
    assert client.done
    assert client.error is not None
    assert received_alert(client.error.reason) is Alert.CERTIFICATE_REQUIRED
    assert not server.done


def test_without_one_a_tls_1_2_handshake_fails() -> None:
    client, _ = shake_hands(client_context(), server_context(client_certificate=True, newest="1.2"))
    assert not client.done
    assert client.error is not None
    assert received_alert(client.error.reason) is Alert.HANDSHAKE_FAILURE


@pytest.mark.parametrize("name", ["localhost", None])
def test_a_server_may_insist_on_the_name_that_is_asked_for(name: str | None) -> None:
    server = server_context(server_name="upstream.test")
    client, _ = shake_hands(client_context(), server, "upstream.test")
    assert client.done
    client, _ = shake_hands(client_context(verify=False), server, name)
    assert client.error is not None
    assert received_alert(client.error.reason) is Alert.UNRECOGNIZED_NAME


@pytest.mark.parametrize(("offered", "chosen"), [(("h2", "http/1.1"), "h2"), (("http/1.1",), "http/1.1"), ((), None)])
def test_the_server_chooses_the_protocol(offered: tuple[str, ...], chosen: str | None) -> None:
    client, server = shake_hands(client_context(alpn=offered), server_context(alpn=("h2", "http/1.1")))
    assert client.tls.selected_alpn_protocol() == server.tls.selected_alpn_protocol() == chosen


@pytest.mark.parametrize(
    ("version", "name"), [("1.0", "TLSv1"), ("1.1", "TLSv1.1"), ("1.2", "TLSv1.2"), ("1.3", "TLSv1.3")]
)
def test_each_version_of_tls_can_be_had(version: str, name: str) -> None:
    client, _ = shake_hands(
        client_context(oldest=version, newest=version), server_context(oldest=version, newest=version)
    )
    assert (client.error, client.tls.version()) == (None, name)


def test_an_old_server_and_a_new_client_share_no_version() -> None:
    client, server = shake_hands(client_context(), server_context(oldest="1.0", newest="1.1"))
    assert client.error is not None
    assert received_alert(client.error.reason) is Alert.PROTOCOL_VERSION
    assert server.error is not None
    assert server.error.reason == "UNSUPPORTED_PROTOCOL"


def test_the_server_sends_no_tickets_after_its_handshake() -> None:
    client, server = side(client_context(), server=False, name="upstream.test"), side(server_context(), server=True)
    server.incoming.write(client.step())
    client.incoming.write(server.step())
    server.incoming.write(client.step())
    assert client.done
    assert server.step() == b""
    assert server.done


def test_contexts_and_identities_are_made_once() -> None:
    assert server_context(alpn=["h2"]) is server_context(alpn=("h2",), names=list(NAMES))
    assert client_context() is client_context(trust=authority())
    assert identity(Certificate.EXPIRED) is identity(Certificate.EXPIRED)


THREADS = """
import threading
from lab.certificates import authority
start, seen = threading.Barrier(8), []
threads = [threading.Thread(target=lambda: (start.wait(), seen.append(authority()))) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(seen), len(set(seen)))
"""


def test_threads_that_come_first_together_get_one_authority() -> None:
    done = subprocess.run([sys.executable, "-c", THREADS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["8", "1"]


def test_what_goes_over_the_wire_is_recognised() -> None:
    client, server = client_context(), server_context(oldest="1.0", newest="1.1")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        client.wrap_bio(incoming, outgoing, server_hostname="upstream.test").do_handshake()
    hello = outgoing.read()
    assert describe(hello) == "a TLS ClientHello"
    incoming.write(hello)
    with pytest.raises(ssl.SSLError):
        server.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
    assert describe(outgoing.read()) == "a TLS alert, protocol_version"
