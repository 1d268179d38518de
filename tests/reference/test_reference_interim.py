"""Interim responses on their way to the client (RFC 9110, 15.2)."""

import asyncio
import dataclasses

import pytest

from lab.h1 import Limits
from tests.reference.parties import GET, PATIENT, Peer, answered, connected, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


async def test_each_goes_out_when_it_came_and_in_order() -> None:
    seen = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.request()
        for number in (1, 2, 3):
            seen.clear()
            await peer.send(b"HTTP/1.1 10%d Soon\r\nNumber: %d\r\n\r\n" % (2 if number == 2 else 3, number))
            await seen.wait()
        await peer.send(OK)

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(GET)
        so_far = b""
        for number in (1, 2, 3):
            while b"Number: %d\r\n\r\n" % number not in so_far:
                so_far += await client.receive()
            seen.set()
        got = await client.response(so_far=so_far)
    assert [each.status for each in got.interim] == [103, 102, 103]
    assert [each.fields.get(b"number") for each in got.interim] == [[b"1"], [b"2"], [b"3"]]
    assert got.content == b"hi"


@pytest.mark.parametrize("buffer", [None, 65536])
async def test_it_keeps_its_field_lines_but_not_those_of_the_connection(buffer: int | None) -> None:
    hints = HINTS[:-2] + b"Connection: x-hop, close\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nUpgrade: h2c\r\n\r\n"
    got = await answered(saying(hints, OK), buffer=buffer)
    assert [tuple(each.fields) for each in got.interim] == [((b"Link", b"</style.css>; rel=preload"),)]
    assert got.content == b"hi"


async def test_a_client_of_http_1_0_gets_none() -> None:
    got = await answered(saying(HINTS, OK), b"GET / HTTP/1.0\r\nHost: a\r\n\r\n")
    assert (got.interim, got.content) == ([], b"hi")


async def test_as_many_as_the_limit_allows() -> None:
    got = await answered(saying(HINTS * 3, OK), limits=Limits(interim=3))
    assert ([each.status for each in got.interim], got.status) == ([103] * 3, 200)


async def test_one_more_than_the_limit_is_refused() -> None:
    got = await answered(saying(HINTS * 4, OK), limits=Limits(interim=3))
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=http_protocol_error;")


async def test_they_give_the_upstream_the_time_for_a_first_byte_once_more() -> None:
    """Neither that time-out alone nor the one between bytes would let this response through."""

    async def script(peer: Peer) -> None:
        await peer.request()
        for _ in range(2):
            await asyncio.sleep(0.3)  # slowness is the matter here
            await peer.send(HINTS)
        await asyncio.sleep(0.3)
        await peer.send(OK)

    timeouts = dataclasses.replace(PATIENT, first_byte=0.8, read=0.1)
    got = await answered(script, timeouts=timeouts)
    assert (len(got.interim), got.content) == (2, b"hi")


async def test_silence_after_one_is_told_as_such() -> None:
    timeouts = dataclasses.replace(PATIENT, first_byte=0.05)
    got = await answered(saying(HINTS, end=staying), timeouts=timeouts)
    assert (got.status, len(got.interim)) == (504, 1)
    assert got.proxy_status.startswith("gw;error=connection_read_timeout;")
    assert "only interim responses came" in got.proxy_status


async def test_endless_ones_end_with_the_time_for_the_response() -> None:
    async def script(peer: Peer) -> None:
        await peer.request()
        while True:
            await peer.send(HINTS)
            await asyncio.sleep(0.02)

    timeouts = dataclasses.replace(PATIENT, first_byte=0.2, response=0.3)
    got = await answered(script, timeouts=timeouts, limits=Limits(interim=10_000))
    assert got.status == 504
    assert got.proxy_status.startswith("gw;error=http_response_timeout;")


@pytest.mark.parametrize("only", [HINTS, b"HTTP/1.1 100 Continue\r\n\r\n", HINTS + b"HTTP/1.1 2"])
async def test_only_interim_ones_are_an_incomplete_response(only: bytes) -> None:
    got = await answered(saying(only))
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=http_response_incomplete;")


async def test_a_101_is_never_an_interim_one() -> None:
    got = await answered(saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", OK))
    assert (got.status, got.interim) == (502, [])
    assert got.proxy_status.startswith("gw;error=http_protocol_error;")
