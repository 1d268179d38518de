"""Trailer fields of responses: sent where there is a place for them, and never in the wrong one."""

from typing import Any

import pytest

from tests.front.wire import ask, described, front_of, fronting, http_only

pytestmark = pytest.mark.anyio

CHUNKED = b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
LENGTH = (b"Content-Length", b"5")


def asked(method: bytes = b"GET", version: bytes = b"1.1", *fields: bytes) -> bytes:
    return b"\r\n".join([method + b" / HTTP/" + version, b"Host: a", b"Connection: close", *fields, b"", b""])


def trailing(
    status: int, *fields: tuple[bytes, bytes], trailers: tuple[tuple[bytes, bytes], ...] = ((b"Check", b"5"),)
) -> Any:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": b"hello", "more_body": True})
        front_of(scope).trailing(trailers)
        await send({"type": "http.response.body"})

    return application


async def test_they_follow_the_last_chunk() -> None:
    async with fronting(trailing(200)) as server:
        assert await ask(server, asked()) == CHUNKED + b"0\r\nCheck: 5\r\n\r\n"


@pytest.mark.parametrize(
    ("request_octets", "application", "end"),
    [
        (asked(), trailing(200, LENGTH), b"\r\n\r\nhello"),
        (asked(version=b"1.0"), trailing(200), b"\r\n\r\nhello"),
        (asked(b"HEAD"), trailing(200), b"Connection: close\r\n\r\n"),
        (asked(), trailing(304), b"Connection: close\r\n\r\n"),
    ],
    ids=["with a length", "HTTP/1.0", "HEAD", "304"],
)
async def test_they_are_left_out_where_there_is_no_place(request_octets: bytes, application: Any, end: bytes) -> None:
    async with fronting(application) as server:
        answer = await ask(server, request_octets)
    assert answer.endswith(end)
    assert b"Check" not in answer


async def test_invalid_ones_end_the_response_without_its_last_chunk(caplog: Any) -> None:
    async with fronting(trailing(200, trailers=((b"Check", b"5\r\n\r\nHTTP/1.1 200 OK"),))) as server:
        assert await ask(server, asked()) == CHUNKED


@pytest.mark.parametrize(
    ("version", "fields", "said"),
    [
        (b"1.1", [b"TE: trailers", b"Connection: te"], True),
        (b"1.1", [b"TE: gzip;q=0.5, Trailers", b"Connection: keep-alive, TE"], True),
        (b"1.1", [b"TE: trailers"], False),  # RFC 9110, 7.6.1
        (b"1.1", [b"TE: gzip", b"Connection: te"], False),
        (b"1.1", [], False),
        (b"1.0", [b"TE: trailers", b"Connection: te"], False),
    ],
)
async def test_the_application_learns_whether_the_client_takes_them(
    version: bytes, fields: list[bytes], said: bool
) -> None:
    seen = await described(asked(b"GET", version, *fields))
    assert seen["takes_trailers"] is said
