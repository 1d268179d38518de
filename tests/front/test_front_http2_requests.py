"""Requests of HTTP/2: what the application sees of them."""

import asyncio
import ssl
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import FrontSettings
from tests.front.frames import GET, POST, asked, described, speaking
from tests.front.test_front_refused import page
from tests.front.wire import answering, describing, front_of, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

OK = answering(200, (b"Content-Length", b"2"), content=b"ok")
PAGES = FrontSettings(error_page=page)


async def test_what_the_application_sees() -> None:
    fields = ((b"x-a", b"1"), (b"x-b", b"\xe9"), (b"x-a", b"2"), (b"te", b"trailers"))
    seen = described(await asked(describing, h2.headers(1, h2.asks(b"get", b"/a%20b?") + fields, end_stream=True)))
    assert seen["method"] == "get"
    assert seen["target"] == seen["origin_form"] == "/a%20b?"
    assert seen["authority"] == "lab.test"
    assert (seen["version"], seen["received_version"]) == ("2", "2")
    assert seen["fields"] == [["x-a", "1"], ["x-b", "\xe9"], ["x-a", "2"], ["te", "trailers"]]
    assert (seen["length"], seen["takes_trailers"], seen["upgrade"]) == (0, True, [])
    assert seen["scope"]["http_version"] == "2"
    assert seen["scope"]["headers"][0] == ["host", "lab.test"]
    assert seen["scope"]["path"] == "/a b"
    assert seen["scope"]["raw_path"] == "/a%20b"


async def test_over_tls_it_is_chosen_by_alpn(
    h2_tls: tuple[ssl.SSLContext, ssl.SSLContext], client_tls: ssl.SSLContext
) -> None:
    async with fronting(describing, FrontSettings(linger=0.05), h2_tls[0]) as server:
        async with speaking(server, h2_tls[1]) as client:
            assert client.wire.alpn == "h2"
            await client.send(h2.headers(1, h2.asks(scheme=b"https"), end_stream=True))
            assert described(await client.answer(1))["secure"]
        async with speaking(server, client_tls) as client:  # no ALPN: HTTP/1.1
            assert (await client.wire.rest()).startswith(b"HTTP/1.1 505 ")


@pytest.mark.parametrize("size", [1, 5, 100])
async def test_however_its_octets_arrive(size: int) -> None:
    octets = b"".join(
        (
            h2.preface(),
            h2.headers(1, POST, end_headers=False),
            h2.continuation(1, {b"x-a": b"1"}, end_headers=False),
            h2.continuation(1, {b"x-b": b"2"}),
            h2.data(1, b"hel", padding=3),
            h2.data(1, b"lo", end_stream=True),
        )
    )
    async with fronting(describing) as server, speaking(server, begun=False) as client:
        for start in range(0, len(octets), size):
            await client.send(octets[start : start + size])
        seen = described(await client.answer(1))
    assert seen["content"] == "hello"
    assert seen["fields"] == [["x-a", "1"], ["x-b", "2"]]


@pytest.mark.parametrize(
    ("pseudo", "fields", "authority"),
    [
        (h2.asks(), ((b"host", b"LAB.test:80"),), "lab.test"),
        (((b":method", b"GET"), (b":scheme", b"http"), (b":path", b"/")), ((b"host", b"b:81"),), "b:81"),
    ],
    ids=["Host says the same", "Host alone"],
)
async def test_the_authority(pseudo: Any, fields: Any, authority: str) -> None:
    seen = described(await asked(describing, h2.headers(1, pseudo + fields, end_stream=True)))
    assert seen["authority"] == authority


async def test_the_target_of_options_may_be_an_asterisk() -> None:
    seen = described(await asked(describing, h2.headers(1, h2.asks(b"OPTIONS", b"*"), end_stream=True)))
    assert seen["origin_form"] == "*"


async def test_a_cookie_that_was_split_is_one_line() -> None:
    """RFC 9113, 8.2.3."""
    fields = ((b"cookie", b"a=b"), (b"x-a", b"1"), (b"cookie", b"c=d; e=f"))
    seen = described(await asked(describing, h2.headers(1, GET + fields, end_stream=True)))
    assert sorted(seen["fields"]) == [["cookie", "a=b; c=d; e=f"], ["x-a", "1"]]


async def test_a_cookie_in_many_crumbs_is_not_too_many_field_lines() -> None:
    assert (await asked(OK, h2.headers(1, (*GET, *((b"cookie", b"a=b"),) * 300), end_stream=True))).status == 200


@pytest.mark.parametrize(
    ("fields", "length"), [(((b"content-length", b"5"),), 5), ((), None)], ids=["announced", "not announced"]
)
async def test_content_and_trailers(fields: Any, length: int | None) -> None:
    frames = (
        h2.headers(1, POST + fields),
        h2.data(1, b"hello"),
        h2.headers(1, {b"check": b"5"}, end_stream=True),
    )
    seen = described(await asked(describing, *frames))
    assert (seen["content"], seen["length"], seen["trailers"]) == ("hello", length, [["check", "5"]])


async def test_100_is_sent_when_the_application_reads() -> None:
    go_on = asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert front_of(scope).expects_continue
        await go_on.wait()
        assert await whole_content(receive) == b"hello"
        await OK(scope, receive, send)

    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.headers(1, (*POST, (b"expect", b"100-continue"))))
        await client.round_trip()
        assert client.on(1).sections == []
        go_on.set()
        await client.until(lambda: client.on(1).sections)
        assert client.on(1).sections == [[(b":status", b"100")]]
        await client.send(h2.data(1, b"hello", end_stream=True))
        assert (await client.answer(1)).status == 200


async def test_priority_is_ignored() -> None:
    frames = (
        h2.frame(h2.FrameType.PRIORITY, 0, 3, bytes(5)),
        h2.headers(1, GET, end_stream=True, priority=(3, 7)),
        h2.frame(h2.FrameType.PRIORITY, 0, 1, b"\0\0\0\x01\x10"),  # on itself
    )
    assert (await asked(OK, *frames)).status == 200
    for on, padding in ((1, None), (1, 7), (0x80000001, None)):  # the last: exclusively
        frame = h2.headers(1, GET, end_stream=True, priority=(on, 7), padding=padding)
        assert (await asked(OK, frame)).status == 200
