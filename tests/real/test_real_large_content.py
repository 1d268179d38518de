"""Content of 256 MiB through the gateway, in both directions and in both modes: the same octets, and no more memory."""

import hashlib
import http.client
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from tests.real.curl import curl
from tests.real.programs import DEADLINE, Gateway, Program, gateway, http_server

MIB = 1 << 20
LARGE, SMALLER = 256, 64  # MiB
MOST_GROWN = 30 * MIB


def pieces(size: int) -> Iterator[bytes]:
    """So many MiB, of which no two are the same: none can be lost, doubled or exchanged unseen."""
    block = b"0123456789abcdef" * (MIB // 16 - 1)
    for number in range(size):
        yield b"%016d" % number + block


def digest(size: int) -> str:
    sha256 = hashlib.sha256()
    for piece in pieces(size):
        sha256.update(piece)
    return sha256.hexdigest()


class Watch:
    """How much the memory of a process has grown at most, since this began."""

    def __init__(self, program: Program) -> None:
        self._process = psutil.Process(program.pid)
        self._first = self._process.memory_info().rss
        self.grown = 0

    def look(self) -> None:
        self.grown = max(self.grown, self._process.memory_info().rss - self._first)


def warm(running: Gateway) -> None:
    """What is loaded with the first request is not to be counted."""
    assert curl("--output", "/dev/null", running.url).exit == 0


@pytest.mark.parametrize(("options", "size"), [((), LARGE), (("--buffer", "64k"), SMALLER)], ids=["stream", "buffer"])
def test_a_download(options: tuple[str, ...], size: int) -> None:
    sha256 = hashlib.sha256()
    with (
        TemporaryDirectory() as folder,
        http_server("--directory", folder) as files,
        gateway(files.url, *options) as running,
    ):
        with Path(folder, "large").open("wb") as file:
            file.writelines(pieces(size))
        warm(running)
        watch = Watch(running)
        client = http.client.HTTPConnection(*running.address, timeout=DEADLINE)
        client.request("GET", "/large")
        response = client.getresponse()
        assert response.headers["Content-Length"] == str(size * MIB)
        while piece := response.read(MIB):
            sha256.update(piece)
            watch.look()
        client.close()
        assert (sha256.hexdigest(), running.log) == (digest(size), [])
        assert watch.grown < MOST_GROWN


@pytest.mark.parametrize(("chunked", "size"), [(False, LARGE), (True, SMALLER)], ids=["by length", "chunked"])
def test_an_upload(before_application: Gateway, chunked: bool, size: int) -> None:
    warm(before_application)
    watch = Watch(before_application)

    def watched() -> Iterator[bytes]:
        for piece in pieces(size):
            yield piece
            watch.look()

    framing = {"Transfer-Encoding": "chunked"} if chunked else {"Content-Length": str(size * MIB)}
    client = http.client.HTTPConnection(*before_application.address, timeout=DEADLINE)
    client.request("PUT", "/digest", body=watched(), headers=framing, encode_chunked=chunked)
    response = client.getresponse()
    assert (response.status, response.read().decode()) == (200, digest(size))
    client.close()
    assert watch.grown < MOST_GROWN
