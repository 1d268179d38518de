"""How `badgateway gateway` ends: by a signal, with exit status 0, and with nothing left of it."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from lab.certificates import client_context
from tests.real.programs import DEADLINE, ROOT, Gateway
from tests.real.raw import connected, raw_upstream, rest, until

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


def waiting_for(go_on: threading.Event, asked: threading.Semaphore) -> Callable[[socket.socket], None]:
    """An upstream that says that it was asked, and answers when it is told to."""

    def upstream(sock: socket.socket) -> None:
        until(sock, b"\r\n\r\n")
        asked.release()
        go_on.wait(DEADLINE)
        sock.sendall(OK)

    return upstream


@SIGNALS
def test_idle_it_ends_at_once(number: signal.Signals, tmp_path: Path) -> None:
    with Gateway("http://127.0.0.1:9", "--tls", TMPDIR=str(tmp_path)) as running:
        assert psutil.Process(running.pid).children() == []
        assert list(tmp_path.rglob("*.pem")) == [Path(running.ca)]
        tls = client_context(trust=Path(running.ca).read_bytes())
        with connected(running.address) as sock, tls.wrap_socket(sock, server_hostname="127.0.0.1") as idle:
            running.stop(number)
            assert rest(idle) == b""
        with pytest.raises(ConnectionRefusedError), connected(running.address):
            pass
    assert running.log == []
    assert list(tmp_path.iterdir()) == []


@SIGNALS
def test_a_request_in_progress_is_finished(number: signal.Signals) -> None:
    go_on, asked = threading.Event(), threading.Semaphore(0)
    with (
        raw_upstream(waiting_for(go_on, asked)) as upstream,
        Gateway(upstream.url) as running,
        connected(running.address) as idle,
        connected(running.address) as busy,
    ):
        busy.sendall(GET)
        assert asked.acquire(timeout=DEADLINE)
        running.signal(number)
        assert rest(idle) == b""  # so it is about to end
        go_on.set()
        answer = rest(busy)
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"\r\nConnection: close\r\n" in answer
        assert answer.endswith(b"\r\n\r\nok")
        assert running.ended() == 0
        assert running.log == []


def test_a_request_that_does_not_end_is_broken_off() -> None:
    """After three seconds, and the client can tell: nothing of a response came."""
    go_on, asked = threading.Event(), threading.Semaphore(0)
    with raw_upstream(waiting_for(go_on, asked)) as upstream, Gateway(upstream.url) as running:
        with connected(running.address) as client:
            client.sendall(GET)
            assert asked.acquire(timeout=DEADLINE)
            running.stop()
            assert rest(client) == b""
        go_on.set()


def test_it_speaks_on_standard_error_alone() -> None:
    command = [sys.executable, "-m", "lab", "gateway", "--listen", "127.0.0.1:0", "--upstream", "http://127.0.0.1:9"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        process.terminate()
        output, more = process.communicate(timeout=DEADLINE)
    assert said.startswith("gateway-")
    assert "in front of http://127.0.0.1:9, streaming, listens on http://127.0.0.1:" in said
    assert (output, more, process.returncode) == ("", "", 0)
