"""The suite, its server and the caches as processes: installed, started, asked, stopped."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.conformance.contenders import Cache, fill
from tests.conformance.table import Told

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".conformance"
SUITE = INSTALLED / "node_modules" / "http-cache-tests"
START, RUN, STOP = 20.0, 300.0, 10.0
"""Seconds in which a program has to listen, the suite has to be through, and a program has to be gone."""


class Trouble(Exception):
    """What keeps the suite from running, in one line or with the program's own words."""


def install() -> None:
    """The suite and what it needs, from the npm registry: once, and again when package.json changes."""
    if shutil.which("npm") is None:
        raise Trouble("the suite needs npm: install Node.js with npm (Debian: nodejs and npm), then run this again")
    package, there = HERE / "package.json", INSTALLED / "package.json"
    if SUITE.is_dir() and there.is_file() and there.read_text() == package.read_text():
        return
    INSTALLED.mkdir(exist_ok=True)
    shutil.copy(package, there)
    done = subprocess.run(
        ["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=INSTALLED, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        there.unlink()
        raise Trouble(f"npm could not install the suite:\n{done.stdout}{done.stderr}")


@contextlib.contextmanager
def origin() -> Iterator[int]:
    """The suite's own server; gives its port."""
    port = _free_port()
    with _running(["node", str(HERE / "origin.mjs"), str(SUITE), str(port)], port, cwd=HERE.parents[1]):
        yield port


@contextlib.contextmanager
def started(cache: Cache, origin_port: int) -> Iterator[int]:
    """A cache in front of that server; gives its port. Programs run as nobody where this is root, for some refuse to
    be root, and others then give up the right to their own files."""
    port = _free_port()
    user = "nobody" if cache.files and hasattr(os, "geteuid") and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="badgateway-conformance-", ignore_cleanup_errors=True) as directory:
        values = {"dir": directory, "port": str(port), "origin": str(origin_port)}
        cache.write(values)
        if user is not None:
            for path in (Path(directory), *Path(directory).rglob("*")):
                shutil.chown(path, user)
        command = [fill(word, values) for word in cache.command]
        environment = {name: fill(value, values) for name, value in cache.environment.items()}
        cwd = Path(directory) if cache.files else HERE.parents[1]
        with _running(command, port, cwd=cwd, user=user, environment=environment):
            yield port


def ask(port: int, ids: Sequence[str] = ()) -> dict[str, Told]:
    """Run the tests, or those that are named, through what listens there."""
    with tempfile.TemporaryDirectory(prefix="badgateway-conformance-") as directory:
        out = Path(directory) / "results.json"
        command = ["node", "--no-warnings", str(HERE / "ask.mjs"), str(SUITE), f"http://127.0.0.1:{port}", str(out)]
        try:
            done = subprocess.run([*command, *ids], capture_output=True, text=True, timeout=RUN, check=False)
        except subprocess.TimeoutExpired:
            raise Trouble(f"the suite was not through after {RUN:g} seconds") from None
        if done.returncode or not out.is_file():
            raise Trouble(f"the suite failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return {id_: Told(**told) for id_, told in json.loads(out.read_text()).items()}


def version(cache: Cache) -> str:
    """What a program says of its version, in one line."""
    done = subprocess.run(cache.version, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0].strip() if lines else ""


@contextlib.contextmanager
def _running(
    command: Sequence[str],
    port: int,
    *,
    cwd: Path,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """A program, from when it listens at this port; it is gone afterwards, with its children."""
    with tempfile.TemporaryFile() as log:
        program = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            user=user, env={**os.environ, **(environment or {})},
        )  # fmt: skip
        try:
            deadline = time.monotonic() + START
            while not _listens(port):
                if program.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    words = log.read()[-2000:].decode("utf-8", "replace")
                    raise Trouble(f"{command[0]} does not listen:\n{words}")
                time.sleep(0.05)
            yield
        finally:
            _stop(program)


def _stop(program: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(STOP)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
