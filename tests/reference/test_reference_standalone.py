"""The gateway for anybody: what it is told on the command line, and how it runs."""

import asyncio
import contextlib
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from lab.certificates import authority, identity
from lab.gateways.reference.settings import Settings, Timeouts
from lab.gateways.reference.standalone import authorities_in, listen_at, settings_for, size
from lab.serving.sockets import listening_socket
from tests.reference.parties import DEADLINE, Upstream, saying, upstream

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("65536", 65536), ("64K", 65536), ("1mb", 1 << 20)])
def test_a_size(text: str, number: int) -> None:
    assert size(text) == number


@pytest.mark.parametrize("text", ["", "k", "-1", "1.5k", "1x"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="a size is a number of bytes such as 65536, 64k or 1m, not "):
        size(text)


class TestAuthorities:
    def test_are_read(self, tmp_path: Path) -> None:
        file = tmp_path / "ca.pem"
        file.write_bytes(authority())
        assert authorities_in(file) == authority()
        assert settings_for(["https://a"], upstream_ca=file).trust == authority()

    def test_the_system_s_are_the_default(self) -> None:
        assert settings_for(["https://a"]).trust is None

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="cannot be read: No such file or directory"):
            authorities_in(tmp_path / "none.pem")

    @pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nx\n"])
    def test_a_file_that_holds_none(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "ca.pem").write_bytes(content)
        with pytest.raises(ValueError, match=r"ca\.pem' holds no certificate in PEM"):
            authorities_in(tmp_path / "ca.pem")

    def test_a_key_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "ca.pem").write_bytes(identity().key)
        with pytest.raises(ValueError, match="holds no certificate in PEM"):
            authorities_in(tmp_path / "ca.pem")

    def test_without_https(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="--upstream-ca is for an https upstream, and 'http://a' is none"):
            settings_for(["http://a"], upstream_ca=tmp_path / "ca.pem")


@pytest.mark.parametrize("seconds", [0, -1, float("inf"), float("nan")])
def test_what_is_no_time_out(seconds: float) -> None:
    with pytest.raises(ValueError, match="the first-byte time-out takes a number of seconds above 0"):
        Timeouts(first_byte=seconds)


@pytest.mark.parametrize("name", ["", "1st", "a b", 'a"', "ä", "a" * 65])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match="a gateway's name is a token"):
        Settings((), name)


def test_a_port_in_use() -> None:
    with listening_socket("127.0.0.1") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match="choose another address with --listen") as raised:
            listen_at(("127.0.0.1", port))
    assert str(raised.value).startswith(f"cannot listen on 127.0.0.1:{port}: ")


@pytest.mark.parametrize("host", ["a..b", "192.0.2.1"])
def test_an_address_that_is_not_this_machine_s(host: str) -> None:
    with pytest.raises(ValueError, match=rf"cannot listen on {host}:8080: .*; choose another address with --listen"):
        listen_at((host, 8080))


PROGRAM = """
import asyncio, sys
from lab.gateways.reference.standalone import run, settings_for, size
asyncio.run(run(("127.0.0.1", 0), settings_for([sys.argv[1]], buffer=size("64k")), secure="--tls" in sys.argv))
"""


class Standalone:
    """The gateway in a process of its own."""

    def __init__(self, *arguments: str, prepare: Callable[[], None] | None = None) -> None:
        self.arguments = arguments
        self.prepare = prepare
        self.said: list[str] = []

    async def __aenter__(self) -> Self:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, *self.arguments, stderr=subprocess.PIPE, preexec_fn=self.prepare
        )
        assert self.process.stderr is not None
        while not self.said or " listens on " not in self.said[-1]:
            self.said.append((await self.process.stderr.readline()).decode())
            assert self.said[-1], "it ended"
        self.url = self.said[-1].split()[-1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
            await self.process.communicate()

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.url.rpartition("//")[2].rpartition(":")
        return host, int(port)

    async def ask(self, context: ssl.SSLContext | None = None) -> bytes:
        reader, writer = await asyncio.open_connection(*self.address, ssl=context)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    async def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        async with asyncio.timeout(5):
            _, error = await self.process.communicate()
        self.said += error.decode().splitlines()
        return self.process.returncode if self.process.returncode is not None else -1


def url(playing: Upstream) -> str:
    host, port = playing.destination.address
    return f"http://{host}:{port}"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_runs_until_a_signal(number: signal.Signals) -> None:
    async with upstream(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")) as playing:
        async with Standalone(url(playing)) as running:
            assert (await running.ask()).endswith(b"\r\n\r\nhi")
            assert await running.stop(number) == 0
        assert len(running.said) == 1
        assert f"in front of {url(playing)}, holding back 65536 bytes, listens on http://127.0.0.1:" in running.said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_it_serves_tls_and_says_what_failed() -> None:
    async with upstream(saying(b"")) as playing, Standalone(url(playing), "--tls") as running:
        file = running.said[0].partition("trust ")[2].split()[0]
        context = ssl.create_default_context(cafile=file)
        assert (await running.ask(context)).startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
        assert await running.stop(signal.SIGTERM) == 0
        assert not Path(file).exists()
        assert "connection_terminated: no byte of a response came; " in running.said[-1]


def with_few_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (48, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
async def test_it_takes_as_many_clients_as_its_own_limit_allows() -> None:
    """Whatever number of open files a shell allows at first."""
    async with (
        upstream(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")) as playing,
        Standalone(url(playing), prepare=with_few_files) as running,
        contextlib.AsyncExitStack() as clients,
    ):
        for _ in range(60):
            clients.enter_context(socket.create_connection(running.address))
        async with asyncio.timeout(DEADLINE):
            assert (await running.ask()).endswith(b"\r\n\r\nhi")
        assert await running.stop(signal.SIGTERM) == 0
        assert len(running.said) == 1
