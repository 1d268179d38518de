"""An upstream that plays a scenario for anyone's client."""

import asyncio
import socket

import pytest

from lab.performance import serving_upstream
from lab.script import BlackHole, Close, Connections, ReceiveRequest, Refuse, Send, StartTLS, Upstreams
from lab.serving.sockets import bound_socket
from lab.transcript import Event, What
from tests.performance.test_performing import HELLO, act, case
from tests.upstream.wire import PATIENCE, REQUEST

pytestmark = pytest.mark.anyio

BROKEN = case(upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200"), Close(wrong="cut")])


async def asked(url: str) -> bytes:
    """What a stranger's client gets."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(REQUEST)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    return answer


async def test_it_plays_for_each_who_asks() -> None:
    async with serving_upstream(BROKEN) as served:
        assert served.url.startswith("http://127.")
        assert not served.delivered
        for _ in range(3):
            assert await asked(served.url) == b"HTTP/1.1 200"
        assert served.delivered == {"cut"}


async def test_what_is_only_watched_is_no_fault_that_was_delivered() -> None:
    watched = case(upstream=[ReceiveRequest(watch="slowly"), HELLO, Close(watch="soon"), Send(b"x", wrong="too late")])
    async with serving_upstream(watched) as served:
        await asked(served.url)
        assert "soon" in [event.detail for event in served.recent if event.what is What.DELIVERED]
        assert not served.delivered


async def test_it_tells_what_happens() -> None:
    told: list[Event] = []
    async with serving_upstream(BROKEN, tell=told.append) as served:
        await asked(served.url)
        await asked(served.url)
    assert [event.what for event in told if event.connection == 2][:4] == [
        What.OPENED, What.RECEIVED, What.REQUEST, What.SENT,
    ]  # fmt: skip
    assert {event.act for event in told} == {1}


async def test_it_listens_where_it_is_told_to() -> None:
    with bound_socket("127.0.0.1") as free:
        host, port = free.getsockname()
    async with serving_upstream(BROKEN, listen=(host, port)) as served:
        assert served.url == f"http://127.0.0.1:{port}"
        assert await asked(served.url) == b"HTTP/1.1 200"
        with pytest.raises(OSError, match="in use"):
            async with serving_upstream(BROKEN, listen=(host, port)):
                raise AssertionError("the address is taken")
    async with serving_upstream(BROKEN, listen=(host, port)) as served:
        assert await asked(served.url) == b"HTTP/1.1 200"


async def test_a_secure_upstream_has_an_https_url() -> None:
    async with serving_upstream(case(upstream=[StartTLS(wrong="odd"), ReceiveRequest(), HELLO])) as served:
        assert served.url.startswith("https://")


async def test_each_connection_has_its_script_and_each_peer_its_address() -> None:
    once = Connections(
        [ReceiveRequest(), Send(b"first"), Close()], otherwise=[ReceiveRequest(), Send(b"more"), Close()]
    )
    async with serving_upstream(case(upstream=Upstreams(once, once), reports=[])) as served:
        assert [await asked(url) for url in served.urls * 2] == [b"first", b"first", b"more", b"more"]


async def test_only_the_first_act_is_played() -> None:
    acts = [
        act(client=REQUEST_ONE, upstream=[ReceiveRequest(), Send(b"one"), Close()]),
        act(client=REQUEST_ONE, upstream=[ReceiveRequest(), Send(b"two"), Close()]),
    ]
    async with serving_upstream(case(acts=acts, reports=[])) as served:
        assert [await asked(served.url) for _ in range(2)] == [b"one", b"one"]


REQUEST_ONE = case(upstream=[ReceiveRequest()]).scenario.client


@pytest.mark.parametrize("condition", [Refuse(wrong="nobody"), BlackHole(wrong="nobody")])
async def test_a_mark_on_how_it_listens_has_effect_all_the_time(condition: Refuse | BlackHole) -> None:
    async with serving_upstream(case(upstream=condition)) as served:
        assert served.delivered == {"nobody"}
        host, _, port = served.url.removeprefix("http://").rpartition(":")
        with pytest.raises(OSError):  # noqa: PT011  (refused, or no answer in time)
            socket.create_connection((host, int(port)), timeout=0.1)


async def test_what_it_keeps_is_bounded() -> None:
    async with serving_upstream(case(upstream=[ReceiveRequest(), Send(b"x"), Close()], reports=[])) as served:
        for _ in range(150):
            await asked(served.url)
        assert len(served.recent) <= 200
