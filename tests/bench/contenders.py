"""Who is compared, each in a process of its own: the upstream, the bare application, the relay, mitmproxy, and ours."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.real.programs import DEADLINE, Program, gateway, reserved_address, serving

PYTHON = sys.executable
MITMPROXY = Path.home() / ".cache" / "badgateway" / "mitmproxy"
"""An environment of its own, outside the project: what mitmproxy needs is older than what the lab needs."""


@dataclass(frozen=True)
class Contender:
    """One that answers requests. `url`: where."""

    url: str
    pid: int

    @property
    def address(self) -> tuple[str, int]:
        host, port = self.url.rpartition("//")[2].rsplit(":", 1)
        return host, int(port)

    def cpu(self) -> float:
        """Seconds of processor time that its process has taken."""
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system

    def memory(self) -> float:
        """Megabytes of its process that are resident."""
        return psutil.Process(self.pid).memory_info().rss / 1e6

    @contextlib.contextmanager
    def watched(self) -> Iterator[list[float]]:
        """By how many megabytes its memory has grown, again and again until the end."""
        before, grown, over = self.memory(), [0.0], threading.Event()

        def watch() -> None:
            while not over.wait(0.02):
                grown.append(self.memory() - before)

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield grown
        finally:
            over.set()
            watching.join()


@contextlib.contextmanager
def standing(*, mitmproxy: bool = False, relay: bool = False) -> Iterator[dict[str, Contender]]:
    """All of them, by name, until the end. mitmproxy only where it can be had."""
    with contextlib.ExitStack() as stack:

        def begin(name: str, program: AbstractContextManager[Program]) -> str:
            running = stack.enter_context(program)
            all_of_them[name] = Contender(running.url, running.pid)
            return running.url

        all_of_them: dict[str, Contender] = {}
        url = begin("upstream", serving(r"^(http://\S+)", PYTHON, "-m", "tests.bench.upstream"))
        settings = ("--config", "python:tests.bench.bare", "--bind", "127.0.0.1:0", "--workers", "0")
        bare = (PYTHON, "-m", "hypercorn", "tests.bench.bare:app", *settings)
        begin("bare", serving(r"Running on (http://\S+)", *bare))
        if relay:
            begin("relay", serving(r"^(http://\S+)", PYTHON, "-m", "tests.bench.h11_relay", url))
        if mitmproxy and (program := installed_mitmproxy()) is not None:
            begin("mitmproxy", _mitmproxy(program, url))
        begin("gateway", gateway(url))
        yield all_of_them


def installed_mitmproxy() -> Path | None:
    """Its program, installed if need be; None, with the reason said, where that cannot be done."""
    program = MITMPROXY / "bin" / "mitmdump"
    if program.exists():
        return program
    print(f"  (installing mitmproxy into {MITMPROXY}, once)", flush=True)
    try:
        venv.create(MITMPROXY, with_pip=True)
        pip = [str(MITMPROXY / "bin" / "python"), "-m", "pip", "install", "--quiet", "mitmproxy"]
        subprocess.run(pip, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(MITMPROXY, ignore_errors=True)
        said = getattr(error, "stderr", None) or str(error)
        print(f"  (mitmproxy is left out: it cannot be installed: {said.strip().splitlines()[-1]})", flush=True)
        return None
    return program


@contextlib.contextmanager
def _mitmproxy(program: Path, upstream: str) -> Iterator[Program]:
    with reserved_address() as address:
        host, port = address.split(":")
        mode = ("--mode", f"reverse:{upstream}", "--listen-host", host, "--listen-port", port)
        with Program(program, "--quiet", *mode) as running:
            running.url = f"http://{address}"
            _wait(lambda: socket.create_connection((host, int(port)), DEADLINE).close())
            yield running


def _wait(connect: Callable[[], None]) -> None:
    """Until somebody listens."""
    until = time.monotonic() + DEADLINE
    while True:
        try:
            return connect()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
