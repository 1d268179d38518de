"""Requests of HTTP/2 that no application may see, or that break: each costs its own stream, and no other."""

import asyncio
import dataclasses
from typing import Any

import pytest

from lab import h2
from lab.gateways.reference.front import FrontSettings
from tests.front.applications import Deserted
from tests.front.frames import GET, POST, asked, long_headers, speaking
from tests.front.test_front_refused import page, untouchable
from tests.front.wire import DEADLINE, answering, describing, fronting, http_only

pytestmark = pytest.mark.anyio

OK = answering(200, (b"Content-Length", b"2"), content=b"ok")
PAGES = FrontSettings(error_page=page)


def without(name: bytes) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(pair for pair in GET if pair[0] != name)


def replaced(name: bytes, value: bytes) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((known, value if known == name else old) for known, old in GET)


MALFORMED: dict[str, tuple[tuple[tuple[bytes, bytes], ...], int, bytes]] = {
    "no method": (without(b":method"), 400, b"pseudo-invalid"),
    "no scheme": (without(b":scheme"), 400, b"pseudo-invalid"),
    "no path": (without(b":path"), 400, b"pseudo-invalid"),
    "an empty path": (replaced(b":path", b""), 400, b"pseudo-invalid"),
    "a path without a slash": (replaced(b":path", b"index"), 400, b"pseudo-invalid"),
    "an absolute path": (replaced(b":path", b"http://b/"), 400, b"pseudo-invalid"),
    "a fragment in the path": (replaced(b":path", b"/a#b"), 400, b"target-invalid"),
    "a space in the path": (replaced(b":path", b"/a b"), 400, b"target-invalid"),
    "an asterisk for another method": (replaced(b":path", b"*"), 400, b"target-invalid"),
    "a method that is no token": (replaced(b":method", b"G T"), 400, b"pseudo-invalid"),
    "no authority": (without(b":authority"), 400, b"pseudo-invalid"),
    "an empty authority": (replaced(b":authority", b""), 400, b"host-invalid"),
    "userinfo": (replaced(b":authority", b"me@lab.test"), 400, b"host-invalid"),
    "another Host": ((*GET, (b"host", b"other.test")), 400, b"host-invalid"),
    "another port in Host": ((*GET, (b"host", b"lab.test:81")), 400, b"host-invalid"),
    "two Hosts": ((*GET, (b"host", b"lab.test"), (b"host", b"lab.test")), 400, b"host-repeated"),
    "a pseudo-header field twice": ((*GET, (b":path", b"/")), 400, b"pseudo-repeated"),
    "a pseudo-header field that is unknown": ((*GET, (b":what", b"1")), 400, b"pseudo-unknown"),
    "that of a response": ((*GET, (b":status", b"103")), 400, b"pseudo-unknown"),
    "extended CONNECT": (
        (*replaced(b":method", b"CONNECT"), (b":protocol", b"websocket")), 400, b"pseudo-unknown",
    ),
    "a pseudo-header field after others": ((GET[0], (b"x-a", b"1"), *GET[1:]), 400, b"pseudo-late"),
    "a name in capitals": ((*GET, (b"X-a", b"1")), 400, b"name-upper-case"),
    "a space in a name": ((*GET, (b"x a", b"1")), 400, b"name-invalid"),
    "a colon in a name": ((*GET, (b"x:a", b"1")), 400, b"name-invalid"),
    "an empty name": ((*GET, (b"", b"1")), 400, b"name-invalid"),
    "a name that is no token": ((*GET, (b"x(a)", b"1")), 400, b"name-invalid"),
    "CR LF in a value": ((*GET, (b"x-a", b"1\r\nx-b: 2")), 400, b"value-invalid"),
    "NUL in a value": ((*GET, (b"x-a", b"\0")), 400, b"value-invalid"),
    "another control character": ((*GET, (b"x-a", b"\x01")), 400, b"value-invalid"),
    "a value that begins with a space": ((*GET, (b"x-a", b" 1")), 400, b"value-invalid"),
    "Connection": ((*GET, (b"connection", b"close")), 400, b"connection-specific"),
    "Transfer-Encoding": ((*GET, (b"transfer-encoding", b"chunked")), 400, b"connection-specific"),
    "Upgrade": ((*GET, (b"upgrade", b"websocket")), 400, b"connection-specific"),
    "Keep-Alive": ((*GET, (b"keep-alive", b"1")), 400, b"connection-specific"),
    "Proxy-Connection": ((*GET, (b"proxy-connection", b"close")), 400, b"connection-specific"),
    "another TE than trailers": ((*GET, (b"te", b"gzip")), 400, b"connection-specific"),
    "a length that is no number": ((*GET, (b"content-length", b"x")), 400, b"content-length-invalid"),
    "two lengths": (
        (*GET, (b"content-length", b"0"), (b"content-length", b"1")), 400, b"content-length-conflict",
    ),
    "a length and no content": ((*GET, (b"content-length", b"1")), 400, b"content-length-mismatch"),
    # Well-formed, but nothing for this gateway.
    "CONNECT": (((b":method", b"CONNECT"), (b":authority", b"a:1")), 501, b"connect"),
    "another scheme": (replaced(b":scheme", b"ftp"), 400, b"scheme-unknown"),
    "https without TLS": (replaced(b":scheme", b"https"), 421, b"misdirected"),
    "another expectation": ((*GET, (b"expect", b"foo")), 417, b"expectation-unknown"),
    "TRACE with content": ((*replaced(b":method", b"TRACE"), (b"content-length", b"0")), 400, b"trace-with-content"),
    # Sizes
    "a target that is too long": (replaced(b":path", b"/" + b"a" * 9_000), 414, b"start-line-too-long"),
    "a field line that is too long": ((*GET, (b"x-a", b"a" * 17_000)), 431, b"field-too-large"),
    "a section that is too large": (
        (*GET, *((b"x-%d" % number, b"a" * 10_000) for number in range(7))), 431, b"section-too-large",
    ),
    "a Cookie that is too large when joined": ((*GET, *((b"cookie", b"a" * 6_000),) * 3), 431, b"field-too-large"),
    "too many field lines": ((*GET, *((b"a", b"b"),) * 300), 431, b"too-many-fields"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(MALFORMED.keys() - {"TRACE with content"}))
async def test_it_is_refused_and_the_other_streams_go_on(name: str) -> None:
    fields, status, condition = MALFORMED[name]
    async with fronting(untouched(), PAGES) as server, speaking(server) as client:
        await client.send(long_headers(1, fields), h2.headers(3, h2.asks(path=b"/fine"), end_stream=True))
        got = await client.answer(1)
        assert (got.status, got.end) == (status, "end")
        assert got.content.startswith(condition + b" | "), got.content
        assert (b"content-length", b"%d" % len(got.content)) in got.final
        assert (await client.answer(3)).content == b"ok"


def untouched() -> Any:
    """An application that must see no request but one."""

    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        assert scope["path"] == "/fine"
        await OK(scope, receive, send)

    return application


@pytest.mark.parametrize("name", ["Connection", "no path", "TRACE with content", "a target that is too long"])
async def test_a_request_that_goes_on_is_answered_and_reset(name: str) -> None:
    fields, status, condition = MALFORMED[name]
    if name == "TRACE with content":
        fields = fields[:-1]
    settings = dataclasses.replace(PAGES, linger=0.05)
    async with fronting(untouched(), settings) as server, speaking(server) as client:
        await client.send(h2.headers(1, fields), h2.data(1, b"hello"))
        got = await client.answer(1)
        await client.until(lambda: len(got.ends) == 2)
        assert (got.status, got.content.startswith(condition)) == (status, True)
        code = "NO_ERROR" if name in ("TRACE with content", "a target that is too long") else "PROTOCOL_ERROR"
        assert got.ends == ["end", code]
        await client.send(h2.headers(3, h2.asks(path=b"/fine"), end_stream=True))
        assert (await client.answer(3)).content == b"ok"


BREAKING: dict[str, tuple[bytes, int, bytes]] = {
    "more content than announced": (h2.data(1, b"hello!"), 400, b"content-length-mismatch"),
    "less content than announced": (h2.data(1, b"hell", end_stream=True), 400, b"content-length-mismatch"),
    "less, and trailers": (
        h2.data(1, b"hell") + h2.headers(1, {b"a": b"b"}, end_stream=True), 400, b"content-length-mismatch",
    ),
    "a second header section": (h2.data(1, b"hello") + h2.headers(1, {b"a": b"b"}), 400, b"trailers-without-end"),
    "a pseudo-header field in the trailers": (
        h2.data(1, b"hello") + h2.headers(1, {b":path": b"/"}, end_stream=True), 400, b"pseudo-in-trailers",
    ),
    "a forbidden trailer field": (
        h2.data(1, b"hello") + h2.headers(1, {b"host": b"b"}, end_stream=True), 400, b"trailer-forbidden",
    ),
    "trailers that are too large": (
        h2.data(1, b"hello") + long_headers(1, {b"a": b"b" * 70_000}), 431, b"trailer-field-too-large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKING)
async def test_a_request_that_breaks_is_refused_and_the_application_told(name: str) -> None:
    frames, status, condition = BREAKING[name]
    application = Deserted()
    async with fronting(application, PAGES) as server, speaking(server) as client:
        await client.send(h2.headers(1, (*POST, (b"content-length", b"5"))))
        await client.round_trip()
        await client.send(frames)
        got = await client.answer(1)
        assert (got.status, got.content.partition(b" ")[0]) == (status, condition)
        await asyncio.wait_for(application.told.wait(), DEADLINE)
        assert application.refused
        await client.round_trip()  # the connection goes on


async def test_a_request_that_breaks_after_the_response_has_begun_is_reset() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (await receive())["type"] != "http.disconnect":
            pass

    async with fronting(application) as server, speaking(server) as client:
        await client.send(h2.headers(1, (*POST, (b"content-length", b"5"))))
        await client.until(lambda: client.on(1).sections)
        await client.send(h2.data(1, b"hello!"))
        assert (await client.answer(1)).end == "PROTOCOL_ERROR"
        await client.round_trip()


async def test_content_beyond_the_limit_is_refused() -> None:
    settings = dataclasses.replace(PAGES, limits=dataclasses.replace(PAGES.limits, content=4))
    for frames in (
        (h2.headers(1, (*POST, (b"content-length", b"5"))),),
        (h2.headers(1, POST), h2.data(1, b"hello")),
    ):
        got = await asked(untouchable if len(frames) == 1 else describing, *frames, settings=settings)
        assert (got.status, got.content.partition(b" ")[0]) == (413, b"content-too-large")
