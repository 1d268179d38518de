"""The limits of `badgateway gateway`: what is larger is refused, in a request as in a response."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from lab.cli.gateway import CLIENT_TIMEOUTS, TIMEOUTS
from lab.gateways.reference.front import FrontSettings
from lab.gateways.reference.settings import LIMITS as USUAL
from lab.gateways.reference.settings import Settings, Timeouts
from tests.cli.door import DEADLINE, badgateway, begun, url_told
from tests.cli.sockets import answer, serving

ANYWHERE = "127.0.0.1:0"
LIMITS = ("--limit-line", "64", "--limit-field", "100", "--limit-section", "200", "--limit-content", "1k")
OK = b"HTTP/1.1 200 OK\r\n"
FITS = OK + b"Content-Length: 1024\r\n\r\n" + bytes(1024)
GET = b"GET / HTTP/1.1\r\nHost: a\r\n"


@contextmanager
def upstream(said: bytes) -> Iterator[str]:
    """One that says this to every request."""

    def say(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as listener, serving(listener, say):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def default(help_text: str) -> float:
    """What an option's help says in brackets."""
    return float(help_text.rpartition("(")[2].rstrip(")"))


def test_the_help_names_the_default_of_each_time_out() -> None:
    assert {name: default(text) for name, text in TIMEOUTS.items()} == vars(Timeouts())
    assert {name: default(text) for name, text in CLIENT_TIMEOUTS.items()} == {
        name: getattr(FrontSettings(), f"{name}_timeout") for name in CLIENT_TIMEOUTS
    }


@pytest.fixture(scope="module")
def gateway() -> Iterator[str]:
    with upstream(FITS) as behind, begun("gateway", "--upstream", behind, "--listen", ANYWHERE, *LIMITS) as running:
        yield url_told(running)


@pytest.mark.parametrize(
    ("request_octets", "status"),
    [
        (GET + b"X: " + b"a" * 90 + b"\r\nConnection: close\r\n\r\n", 200),
        (b"GET /" + b"a" * 60 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (GET + b"X: " + b"a" * 100 + b"\r\n\r\n", 431),
        (GET + b"X: " + b"a" * 80 + b"\r\nY: " + b"a" * 80 + b"\r\nZ: " + b"a" * 80 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1025\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n", 413),
    ],
    ids=["all fits", "line", "field", "section", "content", "content in chunks"],
)
def test_a_request_is_held_to_them(gateway: str, request_octets: bytes, status: int) -> None:
    assert answer(gateway, request_octets).startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"HTTP/1.1 200 " + b"a" * 60 + b"\r\nContent-Length: 0\r\n\r\n", b"http_protocol_error"),
        (OK + b"X: " + b"a" * 100 + b"\r\n\r\n", b"http_response_header_size"),
        (OK + (b"X: " + b"a" * 80 + b"\r\n") * 3 + b"\r\n", b"http_response_header_section_size"),
        (OK + b"Content-Length: 1025\r\n\r\n" + bytes(1025), b"http_response_body_size;body-size=1025"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * 100 + b"\r\n\r\n", b"http_response_trailer_size"),
        (
            OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + (b"X: " + b"a" * 80 + b"\r\n") * 3 + b"\r\n",
            b"http_response_trailer_section_size",
        ),
    ],
    ids=["line", "field", "section", "content", "trailer field", "trailer section"],
)
def test_a_response_is_held_to_them(said: bytes, error: bytes) -> None:
    with upstream(said) as behind, begun("gateway", "--upstream", behind, "--listen", ANYWHERE, *LIMITS) as running:
        got = answer(url_told(running), GET + b"Connection: close\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 502 ")
    assert b";error=" + error in got


def test_so_many_clients_and_upstream_connections_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        behind = f"http://127.0.0.1:{silent.getsockname()[1]}"
        most = ("--limit-connections", "1", "--limit-clients", "2")
        with begun("gateway", "--upstream", behind, "--listen", ANYWHERE, *most) as running:
            url = url_told(running)
            address = urlsplit(url)
            with socket.create_connection((address.hostname, address.port), DEADLINE) as first:
                first.sendall(GET + b"\r\n")
                held, _ = silent.accept()
                second = answer(url, GET + b"Connection: close\r\n\r\n")
                assert b";error=connection_limit_reached;" in second
                with socket.create_connection((address.hostname, address.port), DEADLINE) as other:
                    other.sendall(GET + b"\r\n")
                    other.recv(1)
                    assert answer(url, b"").startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
                held.close()


def test_the_help_tells_the_usual_ones() -> None:
    said = " ".join(badgateway("gateway", "--help").stdout.split())
    usual = f"({USUAL.line >> 10}k)", f"({USUAL.field >> 10}k)", f"({USUAL.section >> 10}k)"
    most = f"({Settings.connections})", f"({FrontSettings.connections})"
    assert re.findall(r"--limit-.*?(\(\w+\))", said) == [*usual, "(unlimited)", *most]
    assert USUAL.content is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--limit-line", "long"), "--limit-line: a size is a number of bytes such as 65536, 64k or 1m, not 'long'"),
        (("--limit-field", "0"), "--limit-field: nothing at all would fit into 0 bytes"),
        (("--limit-connections", "0"), "a gateway needs at least one upstream connection"),
        (("--limit-clients", "0"), "a gateway needs at least one client connection"),
    ],
)
def test_what_is_no_limit_is_one_line(options: tuple[str, ...], says: str) -> None:
    done = badgateway("gateway", "--upstream", "http://127.0.0.1:1", "--listen", ANYWHERE, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"badgateway: {says}\n"
