"""Programs in processes of their own: started, listened to, and ended with all that they said kept."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

ROOT = Path(__file__).parents[2]
DEADLINE = 20.0
"""Seconds for whatever should come at once: reached only where it never comes."""

MOST_SHOWN = 30
"""Lines of a program, where a test fails."""


def needed(program: str, package: str = "") -> str:
    """The path of a program; where it is missing, the test is skipped. `package`: what brings it."""
    found = shutil.which(program) or shutil.which(program, path="/usr/local/sbin:/usr/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed (apt-get install {package or program})")
    return found


@contextlib.contextmanager
def reserved_address() -> Iterator[str]:
    """HOST:PORT where nobody listens, and where nobody will by chance; a program may still be told to."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{sock.getsockname()[1]}"


class Program:
    """A running program. `said`: the lines that it has written so far, on standard output and standard error.

    `url`: where it serves, where it has said so.
    """

    def __init__(self, *command: str | Path, **environment: str) -> None:
        self.said: list[str] = []
        self.url = ""
        self._over = False
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            text=True,
            errors="backslashreplace",
            start_new_session=True,  # so that its own children can be ended with it
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        self.ended()

    @property
    def pid(self) -> int:
        return self.process.pid

    def says(self, pattern: str, *, since: int = 0) -> re.Match[str]:
        """Wait for a line (`since`: after so many) in which this is found."""
        with self._news:
            came = self._news.wait_for(lambda: self._over or self._found(pattern, since) is not None, DEADLINE)
            found = self._found(pattern, since)
        late = "" if came else " in time"
        assert found is not None, f"{pattern!r} was not said{late}, but: " + "\n".join(self.said[-MOST_SHOWN:])
        return found

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> int:
        """Wait for its end. Gives its exit status, negative for the signal that killed it."""
        status = self.process.wait(DEADLINE)
        self._listener.join(DEADLINE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def _found(self, pattern: str, since: int) -> re.Match[str] | None:
        return next((found for line in self.said[since:] if (found := re.search(pattern, line))), None)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.said.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._over = True
            self._news.notify_all()


class Gateway(Program):
    """`badgateway gateway`, once it listens.

    `name`: in Via and Proxy-Status. `ca`: the file with its certificate's authority, where it speaks TLS.
    """

    def __init__(self, upstream: str, *options: str, listen: str = "127.0.0.1:0", **environment: str) -> None:
        command = [sys.executable, "-m", "lab", "gateway", "--listen", listen, "--upstream", upstream, *options]
        super().__init__(*command, **environment)
        try:
            self.url = self.says(r"listens on (\S+)")[1]
        except BaseException:
            super().__exit__()
            raise
        self.name = self.says(r"^(gateway-\w+), in front of ")[1]
        host, port = self.url.rpartition("//")[2].rsplit(":", 1)
        self.address = (host, int(port))
        self.ca = self.says(r"trust (\S+) \(curl")[1] if "--tls" in options else ""
        self._introduced = len(self.said)

    @property
    def log(self) -> list[str]:
        """What it has said since it listens: a line for each failure."""
        return self.said[self._introduced :]

    def logged(self, count: int, *, since: int = 0) -> list[str]:
        """Wait until so many lines have been logged (`since`: after so many), and see that there are no more."""
        with self._news:
            self._news.wait_for(lambda: self._over or len(self.log) >= since + count, DEADLINE)
        lines = self.log[since:]
        assert len(lines) == count, lines
        return lines

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it as its users do. It has to exit with 0, and never to have met anything that it did not expect."""
        self.signal(number)
        assert self.ended() == 0, self.said
        assert not any("Traceback" in line or "failed at" in line for line in self.said), "\n".join(self.said)


@contextlib.contextmanager
def serving(pattern: str, *command: str | Path, **environment: str) -> Iterator[Program]:
    """A program that says its URL in a line with this pattern."""
    with Program(*command, **environment) as running:
        running.url = running.says(pattern)[1]
        yield running


def http_server(*options: str | Path) -> contextlib.AbstractContextManager[Program]:
    """Python's own web server: HTTP/1.0 unless it is told otherwise."""
    return serving(r"\((http://\S+)/\)", sys.executable, "-m", "http.server", "--bind", "127.0.0.1", *options, "0")


def healthy() -> contextlib.AbstractContextManager[Program]:
    """A Starlette application, served by the hypercorn command in one process."""
    application = ("tests.real.healthy:app", "--bind", "127.0.0.1:0", "--workers", "0")
    return serving(r"Running on (http://\S+)", sys.executable, "-m", "hypercorn", *application)


@contextlib.contextmanager
def gateway(upstream: str, *options: str) -> Iterator[Gateway]:
    """The gateway in front of this URL, ended by SIGTERM and with nothing to regret."""
    with Gateway(upstream, *options) as running:
        yield running
        running.stop()
