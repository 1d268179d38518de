"""How `badgateway gateway` reaches its upstreams: sockets, several of them, marked down, introduced."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lab.gateways.reference.set_up import machine_offers
from tests.cli.door import badgateway, begun, url_told
from tests.cli.sockets import answer, serving

ANYWHERE = ("--listen", "127.0.0.1:0")
GET = b"GET / HTTP/1.0\r\n\r\n"
UNIX = pytest.mark.skipif("unix" not in machine_offers(), reason="this system has no Unix sockets")


@contextmanager
def answering(listener: socket.socket) -> Iterator[list[bytes]]:
    """An upstream that answers each connection once, and keeps what it was asked."""
    asked: list[bytes] = []

    def answers(connection: socket.socket) -> None:
        asked.append(b"")
        while b"\r\n\r\n" not in asked[-1]:
            asked[-1] += connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")

    with serving(listener, answers):
        yield asked


@contextmanager
def nobody() -> Iterator[str]:
    """The URL of an address that is held, and refuses."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@UNIX
def test_a_unix_socket_after_an_address_that_refuses(tmp_path: Path) -> None:
    path = tmp_path / "app.sock"
    with socket.socket(socket.AF_UNIX) as listener, nobody() as refusing:
        listener.bind(str(path))
        listener.listen()
        places = ("--upstream", refusing, "--upstream", f"unix:{path}")
        with answering(listener) as asked, begun("gateway", *places, *ANYWHERE, "--proxy-protocol", "1") as running:
            url = url_told(running)
            assert answer(url, GET).endswith(b"\r\n\r\nhi")
    assert asked[0].startswith(b"PROXY TCP4 127.0.0.1 127.0.0.1 ")
    assert b"\r\nGET / HTTP/1.1\r\nHost: " in asked[0]


def test_marked_down() -> None:
    with nobody() as refusing, begun("gateway", "--upstream", refusing, *ANYWHERE, "--mark-down", "2:60") as running:
        url = url_told(running)
        answers = [answer(url, GET) for _ in range(3)]
    assert [each.split(b" ")[1] for each in answers] == [b"502", b"502", b"503"]
    assert b";error=destination_unavailable;" in answers[2]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            ("--upstream", "gopher://a"),
            "--upstream takes a URL such as http://127.0.0.1:9000 or unix:/run/app.sock, not",
        ),
        (("--upstream", "http://a", "--upstream", "https://b"), "--upstream 'http://a' and 'https://b': give several"),
        (("--upstream", "http://a", "--mark-down", "0"), "--mark-down 0: an upstream is marked down after 1 failure"),
        (("--upstream", "http://a", "--local-ports", "9-5"), "--local-ports 9-5: ports are numbers from 1 to 65535"),
        (("--upstream", "http://a", "--attempt-delay", "0"), "the next address of a name is tried after a number of"),
        (("--upstream", "http://a", "--proxy-protocol", "3"), "'3' is not one of '1', '2'"),
    ],
)
def test_bad_input_is_one_line(options: tuple[str, ...], says: str) -> None:
    done = badgateway("gateway", *options, *ANYWHERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
