"""Responses of HTTP/2: what the application answers reaches the client, and every end can be told."""

import asyncio
import dataclasses
import logging
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import FrontSettings, InvalidAnswer
from tests.front.frames import GET, POST, asked, speaking
from tests.front.test_front_responses import in_pieces
from tests.front.wire import DEADLINE, answering, front_of, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

ASK = h2.headers(1, GET, end_stream=True)
LENGTH = (b"Content-Length", b"5")


async def test_a_response_in_small_letters_without_a_reason_and_with_nothing_added() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        front_of(scope).reason(b"Fine")
        await answering(200, (b"X-B", b"1"), (b"x-a", b"\xe9"), (b"X-B", b"2"), LENGTH, content=b"hello")(
            scope, receive, send
        )

    got = await asked(application, ASK)
    assert got.sections == [
        [(b":status", b"200"), (b"x-b", b"1"), (b"x-a", b"\xe9"), (b"x-b", b"2"), (b"content-length", b"5")]
    ]
    assert (got.content, got.ends) == (b"hello", ["end"])


async def test_no_field_of_one_connection_is_sent() -> None:
    """RFC 9113, 8.2.2."""
    fields = [(b"Connection", b"close, x"), (b"Keep-Alive", b"1"), (b"Upgrade", b"h2c"), (b"Proxy-Connection", b"x"),
              (b"Transfer-Encoding", b"chunked"), (b"A", b"b")]  # fmt: skip
    got = await asked(answering(200, *fields, content=b"hello"), ASK)
    assert got.final == [(b":status", b"200"), (b"a", b"b")]
    assert got.content == b"hello"


@pytest.mark.parametrize(
    ("method", "application", "fields"),
    [
        (b"HEAD", answering(200, LENGTH, content=b"hello"), [(b"content-length", b"5")]),
        (b"HEAD", in_pieces(b"hel", b"lo"), []),
        (b"GET", answering(204, LENGTH), []),
        (b"GET", answering(304, LENGTH, content=b"not sent"), [(b"content-length", b"5")]),
        (b"GET", answering(200), []),
    ],
    ids=["HEAD", "HEAD without a length", "204", "304", "no content"],
)
async def test_a_response_without_content_ends_with_its_header_section(
    method: bytes, application: Any, fields: Any
) -> None:
    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.headers(1, h2.asks(method), end_stream=True))
        got = await client.answer(1)
        await client.round_trip()
        assert got.final[1:] == fields
        assert (got.content, got.ends) == (b"", ["end"])
        assert client.of(h2.FrameType.DATA) == []


@pytest.mark.parametrize("length", [True, False])
async def test_trailers_end_the_stream(length: bool) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [LENGTH] if length else []})
        await send({"type": "http.response.body", "body": b"hel", "more_body": True})
        front_of(scope).trailing([(b"Check", b"5")])
        await send({"type": "http.response.body", "body": b"lo"})

    got = await asked(application, ASK)
    assert got.sections[1:] == [[(b"check", b"5")]]
    assert (got.content, got.ends) == (b"hello", ["end"])
    got = await asked(application, h2.headers(1, h2.asks(b"HEAD"), end_stream=True))
    assert (len(got.sections), got.ends) == (1, ["end"])


async def test_interim_responses_come_before_the_final_one() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await front_of(scope).interim(103, [(b"Link", b"</a.css>; rel=preload")])
        await front_of(scope).interim(102)
        with pytest.raises(InvalidAnswer):
            await front_of(scope).interim(101)  # RFC 9113, 8.6
        with pytest.raises(RuntimeError):
            await front_of(scope).switch([(b"Upgrade", b"x")])
        await answering(200, LENGTH, content=b"hello")(scope, receive, send)
        await front_of(scope).interim(103)  # too late

    got = await asked(application, ASK)
    assert got.sections[:2] == [
        [(b":status", b"103"), (b"link", b"</a.css>; rel=preload")],
        [(b":status", b"102")],
    ]
    assert (got.status, got.content) == (200, b"hello")


async def test_the_header_section_does_not_wait_for_content() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [LENGTH]})
        await front_of(scope).disconnected.wait()

    async with fronting(application) as server, speaking(server) as client:
        await client.send(ASK)
        await client.until(lambda: client.on(1).status == 200)


async def test_a_header_section_longer_than_a_frame_is_continued() -> None:
    value = bytes(range(33, 127)) * 300
    got = await asked(answering(200, (b"x-a", value), content=b"hello"), ASK)
    assert got.final[1] == (b"x-a", value)


@pytest.mark.parametrize(
    "fields", [[(b"X-A", b"1\r\nSet-Cookie: a=b")], [(b"X A", b"1")], [LENGTH, (b"Content-Length", b"6")]]
)
async def test_an_invalid_answer_becomes_a_500(fields: Any, caplog: Any) -> None:
    got = await asked(answering(200, *fields), ASK)
    assert (got.status, got.ends) == (500, ["end"])
    assert len(caplog.records) == 1


def breaking(ending: str, begun: bool = True) -> Any:
    """On /: fails, after three octets of five if it has begun; elsewhere it answers."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] != "/":
            await answering(200, content=b"fine")(scope, receive, send)
            return
        if begun:
            await send({"type": "http.response.start", "status": 200, "headers": [LENGTH]})
            await send({"type": "http.response.body", "body": b"hel", "more_body": True})
        if ending == "abort":
            await front_of(scope).abort("the upstream broke")
        elif ending == "error":
            raise ZeroDivisionError
        elif ending == "short":
            await send({"type": "http.response.body"})

    return application


@pytest.mark.parametrize("ending", ["abort", "error", "return", "short"])
async def test_a_response_that_is_broken_off_is_reset_and_the_other_streams_go_on(ending: str, caplog: Any) -> None:
    with caplog.at_level(logging.CRITICAL):
        async with fronting(breaking(ending)) as server, speaking(server) as client:
            await client.send(ASK, h2.headers(3, h2.asks(path=b"/3"), end_stream=True))
            got = await client.answer(1)
            assert (got.content, got.ends) == (b"hel", ["INTERNAL_ERROR"])
            assert (await client.answer(3)).content == b"fine"
            await client.send(h2.headers(5, h2.asks(path=b"/5"), end_stream=True))
            assert (await client.answer(5)).ends == ["end"]


@pytest.mark.parametrize(("ending", "status"), [("abort", None), ("error", 500), ("return", 500)])
async def test_an_application_that_fails_before_its_response(ending: str, status: int | None, caplog: Any) -> None:
    with caplog.at_level(logging.CRITICAL):
        got = await asked(breaking(ending, begun=False), ASK)
    assert (got.status, got.ends) == (status, ["INTERNAL_ERROR" if status is None else "end"])


async def test_a_response_before_the_end_of_the_request_ends_both() -> None:
    """RFC 9113, 8.1: RST_STREAM with NO_ERROR says that the rest is not wanted; and 5.4.2, it is said once."""
    settings = FrontSettings(linger=0.05)
    async with fronting(answering(403, LENGTH, content=b"hello"), settings) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST))
        got = await client.answer(1)
        await client.until(lambda: len(got.ends) == 2)
        assert (got.status, got.content, got.ends) == (403, b"hello", ["end", "NO_ERROR"])
        await client.send(h2.data(1, bytes(16_384)), h2.data(1, bytes(16_384), end_stream=True))
        await client.round_trip()
        assert len(got.ends) == 2
        assert client.of(h2.FrameType.GOAWAY) == []


@pytest.mark.parametrize("fields", [(), ((b"content-length", b"60000"),)], ids=["answered", "refused"])
async def test_the_rest_of_a_request_may_come_before_it_is_not_wanted(fields: Any) -> None:
    """Some clients discard a response that RST_STREAM follows at once, though none may (RFC 9113, 8.1)."""
    settings = FrontSettings(linger=DEADLINE, limits=dataclasses.replace(FrontSettings().limits, content=50_000))
    async with fronting(answering(403, LENGTH, content=b"hello"), settings) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST + fields))
        got = await client.answer(1)
        await client.send(h2.data(1, bytes(10_000)), h2.data(1, end_stream=True))
        await client.round_trip()
        assert got.ends == ["end"]
        (connection,) = server._connections
        assert not connection.protocol._chosen._streams  # type: ignore[attr-defined]


async def test_the_client_resets_a_stream_and_the_application_is_told() -> None:
    asked_for, told = asyncio.Event(), asyncio.Event()

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        asked_for.set()
        assert (await receive())["type"] == "http.disconnect"
        assert front_of(scope).disconnected.is_set()
        assert not front_of(scope).refused
        told.set()

    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.headers(1, POST))
        await asyncio.wait_for(asked_for.wait(), DEADLINE)
        await client.send(h2.rst_stream(1))
        await asyncio.wait_for(told.wait(), DEADLINE)
        await client.round_trip()
        assert client.on(1).ends == []


async def test_the_client_leaves_and_every_application_is_told() -> None:
    begun, told = asyncio.Event(), 0

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal told
        begun.set()
        await front_of(scope).disconnected.wait()
        told += 1

    async with fronting(application) as server:
        async with speaking(server) as client:
            await client.send(*(h2.headers(number, GET, end_stream=True) for number in (1, 3, 5)))
            await asyncio.wait_for(begun.wait(), DEADLINE)
            await client.round_trip()
            client.wire.reset()
        async with asyncio.timeout(DEADLINE):
            while told < 3:
                await asyncio.sleep(0.01)


async def test_many_streams_at_once() -> None:
    @http_only
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        content = await whole_content(receive)
        await send({"type": "http.response.body", "body": scope["raw_path"] + content})

    async with fronting(echo) as server, speaking(server) as client:
        numbers = range(1, 201, 2)
        await client.send(*(h2.headers(number, h2.asks(b"POST", b"/%d" % number)) for number in numbers))
        await client.send(*(h2.data(number, b"-%d" % number, end_stream=True) for number in reversed(numbers)))
        for number in numbers:
            assert (await client.answer(number)).content == b"/%d-%d" % (number, number)


async def test_the_error_page_can_wait_for_the_window_but_not_for_ever() -> None:
    settings = FrontSettings(write_timeout=0.1)
    window: dict[int, int] = {h2.Setting.INITIAL_WINDOW_SIZE: 0}
    async with fronting(answering(200), settings) as server, speaking(server, settings=window) as client:
        for number in (1, 3):
            await client.send(h2.headers(number, ((b":method", b"GET"),), end_stream=True))
        await client.send(h2.window_update(1, 1_000))
        assert (await client.answer(1)).ends == ["end"]
        assert (await client.answer(3)).ends == ["CANCEL"]


async def test_content_that_goes_on_does_not_put_that_off() -> None:
    settings = FrontSettings(write_timeout=0.1, content_timeout=0.05)
    window: dict[int, int] = {h2.Setting.INITIAL_WINDOW_SIZE: 0}
    async with fronting(answering(200), settings) as server, speaking(server, settings=window) as client:
        await client.send(h2.headers(1, ((b":method", b"GET"),)))
        await client.until(lambda: client.on(1).sections)
        await client.send(h2.data(1, bytes(100))[:50])
        assert (await client.answer(1)).ends == ["CANCEL"]
