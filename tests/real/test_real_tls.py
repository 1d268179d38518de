"""The gateway in front of `openssl s_server`: right, and wrong in the ways in which TLS goes wrong."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.certificates import authority, identity
from lab.tls import Certificate
from tests.real.curl import Curled, curl
from tests.real.programs import ROOT, Gateway, Program, gateway, needed, serving

TEXT = ("--header", "Accept: text/plain")


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("authority") / "ca.pem"
    file.write_bytes(authority())
    return file


@contextlib.contextmanager
def s_server(folder: Path, *options: str, kind: Certificate = Certificate.VALID) -> Iterator[Program]:
    """openssl's own server, on a port of the system's choice, showing a certificate of this kind."""
    file = folder / "server.pem"
    file.write_bytes(identity(kind).pem)
    shown = ("-cert", file, "-key", file, "-cert_chain", file)
    with serving(r"ACCEPT (\S+)", needed("openssl"), "s_server", "-accept", "127.0.0.1:0", *shown, *options) as running:
        yield running


@contextlib.contextmanager
def before(server: Program, ca: Path, scheme: str = "https") -> Iterator[Gateway]:
    patience = ("--tls-timeout", "0.5", "--first-byte-timeout", "0.5")
    trust = ("--upstream-ca", str(ca)) if scheme == "https" else ()
    with gateway(f"{scheme}://{server.url}", *trust, *patience) as running:
        yield running


def test_a_file_over_tls(tmp_path: Path, ca: Path) -> None:
    """-WWW makes it answer with files, in HTTP/1.0: the closure alert ends the content."""
    with s_server(tmp_path, "-WWW") as server, before(server, ca) as running:
        answer = curl(f"{running.url}/README.md")
        assert (answer.exit, answer.status, answer.content) == (0, 200, (ROOT / "README.md").read_bytes())
        assert (answer.value("Via").split()[0], answer.value("Transfer-Encoding")) == ("1.0", "chunked")
        old = curl("--http1.0", f"{running.url}/README.md")
        assert (old.exit, old.content, old.value("Transfer-Encoding")) == (0, answer.content, "")
        assert running.log == []


def test_what_tls_it_was(tmp_path: Path, ca: Path) -> None:
    """-www makes it answer with what it knows of the connection."""
    with s_server(tmp_path, "-www") as server, before(server, ca) as running:
        answer = curl(f"{running.url}/")
        assert (answer.exit, answer.status) == (0, 200)
        assert b"TLSv1.3" in answer.content


@pytest.mark.parametrize(
    ("kind", "options", "error"),
    [
        (Certificate.UNTRUSTED, (), "tls_certificate_error"),
        (Certificate.EXPIRED, (), "tls_certificate_error"),
        (Certificate.WRONG_NAME, (), "tls_certificate_error"),
        (Certificate.SELF_SIGNED, (), "tls_certificate_error"),
        (Certificate.VALID, ("-tls1_1",), "tls_alert_received;alert-id=70;alert-message=protocol_version"),
        (Certificate.VALID, ("-Verify", "1"), "tls_alert_received;alert-id=116;alert-message=certificate_required"),
        (
            Certificate.VALID, ("-Verify", "1", "-tls1_2"),
            "tls_alert_received;alert-id=40;alert-message=handshake_failure",
        ),
    ],
    ids=[
        "untrusted", "expired", "wrong name", "self-signed", "no version in common",
        "client certificate demanded", "client certificate demanded in TLS 1.2",
    ],
)  # fmt: skip
def test_no_connection(tmp_path: Path, ca: Path, kind: Certificate, options: tuple[str, ...], error: str) -> None:
    with s_server(tmp_path, "-www", *options, kind=kind) as server, before(server, ca) as running:
        expect(error, curl(*TEXT, f"{running.url}/"), running, server)


def test_another_protocol_over_tls(tmp_path: Path, ca: Path) -> None:
    """-rev makes it answer each line with its reverse."""
    with s_server(tmp_path, "-rev") as server, before(server, ca) as running:
        expect("http_protocol_error", curl(*TEXT, f"{running.url}/"), running, server)


def test_no_tls_to_a_server_of_tls(tmp_path: Path, ca: Path) -> None:
    with s_server(tmp_path, "-www") as server, before(server, ca, "http") as running:
        expect("connection_terminated", curl(*TEXT, f"{running.url}/"), running, server)


def test_tls_to_a_server_of_plain_http(files: Program, ca: Path) -> None:
    with gateway(files.url.replace("http", "https"), "--upstream-ca", str(ca)) as running:
        answer = curl(*TEXT, f"{running.url}/")
        assert (answer.exit, answer.status) == (0, 502)
        assert ";error=tls_protocol_error;" in answer.value("Proxy-Status")
        running.logged(1)


def expect(error: str, answer: Curled, running: Gateway, server: Program) -> None:
    """One line in the log, and an answer that names this error and this upstream."""
    assert (answer.exit, answer.status) == (0, 502)
    assert f';error={error};next-hop="{server.url}";details=' in answer.value("Proxy-Status")
    assert server.url.encode() in answer.content
    assert error.partition(";")[0] in running.logged(1)[0]
