"""`origin`: it says where it listens, tells what it was asked, and ends when it is told to."""

import http.client
import signal
import socket
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from lab.cli.origin import line_of
from lab.origin import Asked
from tests.cli.door import DEADLINE, badgateway, begun, url_told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")


def asked(url: str, path: str, fields: Mapping[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=DEADLINE)
    try:
        connection.request("GET", path, headers=dict(fields))
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


def content(url: str, path: str) -> bytes:
    with urlopen(url + path, timeout=DEADLINE) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_asked_and_answered_is_told_in_a_line(number: int) -> None:
    with begun("origin", "--listen", "127.0.0.1:0") as origin:
        url = url_told(origin)
        first = asked(url, "/news", {})
        etag = first.headers["ETag"]
        again = asked(url, "/news", {"If-None-Match": etag})
        assert f"curl -i {url}/news".encode() in content(url, "/")
        assert (first.status, first.reason, again.status, again.reason) == (200, "OK", 304, "Not Modified")
        origin.send_signal(number)
        _, said = origin.communicate(timeout=DEADLINE)
    assert origin.returncode == 0
    first_line, second_line, page_line = said.splitlines()
    assert first_line == "GET /news -> 200, 26 bytes"
    assert second_line == f"GET /news, If-None-Match: {etag} -> 304, no content"
    assert page_line.startswith("GET / -> 200, ")


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = badgateway("origin", "--listen", address)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == f"badgateway: cannot listen on {address}: Address already in use; choose another address with --listen\n"
    )


def test_what_a_client_sends_is_escaped_and_shortened() -> None:
    told = line_of(Asked("GET", "/\x1b[31m", (("Range", "\u202e" + "x" * 300), ("Via", "1.1 not-told")), 206, 1_234))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "not-told" not in told
    assert len(told) < 240
    assert told.endswith("... -> 206, 1,234 bytes")
