"""The line for every answer: whose it was, also where the front has told why it gave one of its own."""

import asyncio
import re

import pytest

from lab.gateways.reference.access import telling_answers
from lab.gateways.reference.application import ReferenceGateway
from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.front import FrontSettings, front
from lab.gateways.reference.settings import Settings
from lab.serving.server import serving
from lab.serving.sockets import listening_socket
from tests.reference.parties import NAME, PATIENT, Gateway, Peer, connected, upstream

pytestmark = pytest.mark.anyio

WHO = r"127\.0\.0\.1:\d+ POST / HTTP/1\.1"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"0\r\n\r\n", 200, [rf"{WHO}: 200, 2 bytes, \d+ ms"]),
        (b"zz\r\n", 400, [r"400 chunk-size-invalid: .*", rf"{WHO}: refused while it was read, \d+ ms"]),
        (b"5\r\nhel", 408, [r"408 [a-z-]+: .*", rf"{WHO}: refused while it was read, \d+ ms"]),
    ],
)
async def test_an_answer_in_the_middle_of_content_is_told_of(content: bytes, status: int, says: list[str]) -> None:
    asked, log = asyncio.Event(), list[str]()

    async def script(peer: Peer) -> None:
        await peer.request()
        asked.set()
        await peer.until(b"0\r\n\r\n")
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    async with upstream(script) as playing:
        reference = ReferenceGateway(Settings((playing.destination,), NAME, timeouts=PATIENT), log.append)
        patience = 0.5 if status == 408 else 20.0
        protocol = front(FrontSettings(error_page=reference.error_page, content_timeout=patience))
        told = telling_answers(reference.application(), log.append, NAME)
        async with (
            serving(told, listening_socket(), protocol=protocol) as server,
            connected(Gateway(server.address, reference, log)) as client,
        ):
            await client.send(POST)
            await asked.wait()
            await client.send(content)
            assert (await client.response()).status == status
    assert len(log) == len(says), log
    assert all(map(re.fullmatch, says, log)), log


@pytest.mark.parametrize(
    ("cache", "target", "lines", "says"),
    [
        (CacheSettings(), b"/?gw;hit", b"", 'fwd=uri-miss;stored=?0;key="http://a/?gw;hit";detail=private'),
        (None, b"/", b"Cache-Status: gw;\x9b31m\r\n", r"\x9b31m"),
        (None, b"/", b"Cache-Status: other;hit\r\n", None),
    ],
)
async def test_what_the_cache_did_is_what_this_gateway_says_itself(
    cache: CacheSettings | None, target: bytes, lines: bytes, says: str | None
) -> None:
    log = list[str]()

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: private\r\n%b\r\nhi" % lines)

    async with upstream(script) as playing:
        reference = ReferenceGateway(Settings((playing.destination,), NAME, cache=cache), log.append)
        told = telling_answers(reference.application(), log.append, NAME)
        async with (
            serving(told, listening_socket(), protocol=front(FrontSettings())) as server,
            connected(Gateway(server.address, reference, log)) as client,
        ):
            await client.send(b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % target)
            assert (await client.response()).status == 200
    said = "" if says is None else f", {re.escape(says)}"
    assert re.fullmatch(
        rf"127\.0\.0\.1:\d+ GET {re.escape(target.decode())} HTTP/1\.1: 200, 2 bytes{said}, \d+ ms", log[0]
    )
