"""Clients that go away or do not read, upstreams that are killed or stopped: the gateway tells the other side, and goes
on serving."""

import contextlib
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from tests.real.curl import curl
from tests.real.programs import DEADLINE, Gateway, Program, gateway, http_server, serving
from tests.real.raw import PIECE, connected, raw_upstream, reset, rest, until

LARGE = 1 << 30
"""Octets of a file, sparse: far more than there is room for between an upstream and a client that does not read."""

GET_LARGE = b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"
CLIENTS = 30


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        with Path(name, "large").open("wb") as file:
            file.truncate(LARGE)
        Path(name, "small").write_bytes(b"small\n")
        yield Path(name)


@pytest.fixture(scope="module")
def large(folder: Path) -> Iterator[Program]:
    with http_server("--protocol", "HTTP/1.1", "--directory", folder) as files:
        yield files


@pytest.fixture(scope="module")
def before_large(large: Program) -> Iterator[Gateway]:
    with gateway(large.url, "--first-byte-timeout", "0.5", "--read-timeout", "0.5") as running:
        yield running


def still_serves(running: Gateway) -> None:
    assert curl(f"{running.url}/small").content == b"small\n"


def close(sock: socket.socket) -> None:
    sock.close()


@pytest.mark.parametrize("leave", [close, reset])
def test_a_client_leaves_in_the_middle_of_a_download(
    before_large: Gateway, large: Program, leave: Callable[[socket.socket], None]
) -> None:
    said, logged = len(large.said), len(before_large.log)
    with connected(before_large.address) as client:
        client.sendall(GET_LARGE)
        assert until(client, b"\r\n\r\n").startswith(b"HTTP/1.1 200 ")
        leave(client)
        large.says("BrokenPipeError|ConnectionResetError", since=said)  # the upstream need not go on for nobody
    assert "GET /large: the client " in before_large.logged(1, since=logged)[0]
    still_serves(before_large)


@pytest.fixture
def patient(large: Program) -> Iterator[Gateway]:
    """One with its usual time-outs: so many clients at once wait for an upstream that accepts few of them at a time."""
    with gateway(large.url) as running:
        yield running


def test_many_clients_leave_and_nothing_of_them_is_kept(patient: Gateway) -> None:
    process = psutil.Process(patient.pid)
    still_serves(patient)
    before, logged = process.num_fds(), len(patient.log)
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connected(patient.address)) for _ in range(CLIENTS)]
        for client in clients:
            client.sendall(GET_LARGE)
        for client in clients:
            until(client, b"\r\n\r\n")
        assert process.num_fds() > 2 * CLIENTS
    until_then = time.monotonic() + DEADLINE
    while process.num_fds() > before and time.monotonic() < until_then:
        still_serves(patient)
    assert process.num_fds() <= before
    told = patient.logged(CLIENTS, since=logged)
    assert [line for line in told if "GET /large: the client " not in line] == []


@pytest.mark.parametrize("leave", [close, reset])
@pytest.mark.parametrize("framing", [b"Content-Length: 1000000", b"Transfer-Encoding: chunked"])
def test_a_client_leaves_in_the_middle_of_an_upload(
    before_application: Gateway, application: Program, leave: Callable[[socket.socket], None], framing: bytes
) -> None:
    said, logged = len(application.said), len(before_application.log)
    with connected(before_application.address) as client:
        client.sendall(b"PUT /digest HTTP/1.1\r\nHost: a\r\n%b\r\n\r\n5\r\nhello\r\n" % framing)
        application.says("content begins", since=said)
        leave(client)
        application.says("content ends early", since=said)
    assert curl(f"{before_application.url}/number/1").content == b"1\n"
    before_application.logged(1, since=logged)


def test_an_upstream_is_killed_in_the_middle_and_started_again(folder: Path) -> None:
    with http_server("--protocol", "HTTP/1.1", "--directory", folder) as files, gateway(files.url) as running:
        with connected(running.address) as client:
            client.sendall(GET_LARGE)
            received = len(until(client, b"\r\n\r\n"))
            files.signal(signal.SIGKILL)
            while piece := client.recv(PIECE):
                received += len(piece)
            assert received < LARGE
        assert "aborted: http_response_incomplete" in running.logged(1)[0]
        assert files.ended() == -signal.SIGKILL

        refused = curl("--header", "Accept: text/plain", f"{running.url}/small")
        assert (refused.status, ";error=connection_refused;" in refused.value("Proxy-Status")) == (502, True)

        port = files.url.rpartition(":")[2]
        again = ("-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, port)
        with serving(r"\((http://\S+)/\)", sys.executable, *again):
            still_serves(running)
        assert "connection_refused" in running.logged(2)[1]


def test_curl_can_tell_that_the_rest_is_missing(folder: Path, tmp_path: Path) -> None:
    """What curl makes of it: exit status 18, CURLE_PARTIAL_FILE."""
    output = tmp_path / "output"
    os.mkfifo(output)

    def kill(upstream: Program) -> None:
        with output.open("rb", buffering=0) as content:
            assert content.read(1)
            upstream.signal(signal.SIGKILL)
            while content.read(PIECE):
                pass

    with http_server("--directory", folder) as files, gateway(files.url) as running, ThreadPoolExecutor(1) as beside:
        killing = beside.submit(kill, files)
        answer = curl("--output", str(output), f"{running.url}/large")
        killing.result(DEADLINE)
        assert (answer.exit, answer.status) == (18, 200)
        assert "aborted: http_response_incomplete" in running.logged(1)[0]


def test_an_upstream_is_stopped_and_goes_on_later(before_large: Gateway, large: Program) -> None:
    logged = len(before_large.log)
    still_serves(before_large)
    with stopped(large):
        late = curl(f"{before_large.url}/small")
        assert (late.status, ";error=connection_read_timeout;" in late.value("Proxy-Status")) == (504, True)
    still_serves(before_large)
    with connected(before_large.address) as client:
        client.sendall(GET_LARGE)
        until(client, b"\r\n\r\n")
        with stopped(large):
            assert len(rest(client)) < LARGE
    still_serves(before_large)
    assert all("connection_read_timeout" in line for line in before_large.logged(2, since=logged))


@contextlib.contextmanager
def stopped(program: Program) -> Iterator[None]:
    program.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        program.signal(signal.SIGCONT)


STALL = 0.3
"""Seconds in which nothing more can be sent: everything between the two ends is full."""

CONTENT = bytes(range(256)) * (64 << 12)


def send_until_full(sock: socket.socket, data: bytes) -> bytes:
    """Send until nothing more is taken; give what is left."""
    view = memoryview(data)
    sock.settimeout(STALL)
    with contextlib.suppress(TimeoutError):
        while view:
            view = view[sock.send(view[:PIECE]) :]
    sock.settimeout(DEADLINE)
    return bytes(view)


def test_a_client_that_does_not_read_makes_the_upstream_wait() -> None:
    full, left = threading.Event(), [0]

    def upstream(sock: socket.socket) -> None:
        until(sock, b"\r\n\r\n")
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(CONTENT))
        unsent = send_until_full(sock, CONTENT)
        left[0] = len(unsent)
        full.set()
        sock.sendall(unsent)

    with raw_upstream(upstream) as playing, gateway(playing.url) as running:
        process = psutil.Process(running.pid)
        before = process.memory_info().rss
        with connected(running.address, receive_buffer=4096) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert full.wait(DEADLINE)
            assert left[0] > len(CONTENT) // 2
            assert process.memory_info().rss < before + (8 << 20)
            assert rest(client).partition(b"\r\n\r\n")[2] == CONTENT
        assert running.log == []


def test_an_upstream_that_does_not_read_makes_the_client_wait() -> None:
    go_on, received = threading.Event(), bytearray()

    def upstream(sock: socket.socket) -> None:
        _, _, content = until(sock, b"\r\n\r\n").partition(b"\r\n\r\n")
        received.extend(content)
        assert go_on.wait(DEADLINE)
        while len(received) < len(CONTENT):
            received.extend(sock.recv(PIECE))
        sock.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with raw_upstream(upstream) as playing, gateway(playing.url) as running, connected(running.address) as client:
        client.sendall(b"PUT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(CONTENT))
        unsent = send_until_full(client, CONTENT)
        assert len(unsent) > len(CONTENT) // 2
        go_on.set()
        client.sendall(unsent)
        assert rest(client).startswith(b"HTTP/1.1 204 ")
        assert received == CONTENT
        assert running.log == []
