"""What the application answers reaches the client as it was answered, framed for that client."""

import logging
import ssl
from typing import Any

import pytest

from lab.gateways.reference.front import InvalidAnswer
from tests.front.wire import answering, ask, connected, front_of, fronting, http_only, whole_content

pytestmark = pytest.mark.anyio

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
CLOSING = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
OLD = b"GET / HTTP/1.0\r\n\r\n"
OLD_KEPT = b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
HEAD = b"HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
LENGTH = (b"Content-Length", b"5")


def in_pieces(*pieces: bytes, fields: tuple[tuple[bytes, bytes], ...] = ()) -> Any:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})

    return application


@pytest.mark.parametrize(
    ("request_octets", "application", "answer"),
    [
        (
            CLOSING,
            answering(200, LENGTH, content=b"hello"),
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        ),
        (
            CLOSING,
            in_pieces(b"hel", b"lo"),
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
        ),
        (
            CLOSING,
            answering(200, (b"Content-Length", b"0")),
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        ),
        (
            HEAD,
            answering(200, LENGTH, content=b"hello"),
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n",
        ),
        (
            CLOSING,
            answering(304, LENGTH, (b"ETag", b'"a"')),
            b'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: "a"\r\nConnection: close\r\n\r\n',
        ),
        (
            CLOSING,
            answering(304, content=b"not sent"),
            b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
        ),
        (  # RFC 9110, 8.6: a 204 must not have Content-Length
            CLOSING,
            answering(204, LENGTH),
            b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
        ),
        (
            OLD,
            answering(200, LENGTH, content=b"hello"),
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        ),
        (  # RFC 9112, 6.1: no chunks to a client that need not know them
            OLD,
            in_pieces(b"hel", b"lo"),
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
        ),
        (
            OLD_KEPT,
            in_pieces(b"hel", b"lo"),
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
        ),
        (
            GET,
            answering(200, LENGTH, (b"connection", b"close"), content=b"hello"),
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        ),
    ],
    ids=[
        "with a length", "without a length", "empty", "HEAD", "304 with a length", "304", "204", "HTTP/1.0",
        "HTTP/1.0 without a length", "HTTP/1.0 kept, without a length", "the application closes",
    ],
)  # fmt: skip
async def test_the_framing(request_octets: bytes, application: Any, answer: bytes) -> None:
    async with fronting(application) as server:
        assert await ask(server, request_octets) == answer


async def test_the_framing_over_tls(server_tls: ssl.SSLContext, client_tls: ssl.SSLContext) -> None:
    async with fronting(in_pieces(b"hel", b"lo"), tls=server_tls) as server, connected(server, client_tls) as client:
        await client.send(CLOSING)
        assert (await client.rest()).endswith(b"\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
        assert client.ending == "closure alert"


async def test_an_http_1_0_client_that_asks_for_it_keeps_its_connection() -> None:
    async with fronting(answering(200, LENGTH, content=b"hello")) as server, connected(server) as client:
        for _ in range(2):
            await client.send(OLD_KEPT)
            answer = await client.until(b"hello")
            assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello"
        await client.send(OLD)
        assert (await client.rest()).endswith(b"hello")


async def test_an_http_1_1_client_keeps_its_connection() -> None:
    async with fronting(answering(200, LENGTH, content=b"hello")) as server, connected(server) as client:
        for _ in range(3):
            await client.send(GET)
            assert await client.until(b"hello") == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


async def test_field_lines_keep_their_order_and_their_case_and_nothing_is_added() -> None:
    """Neither Date nor Server: a second Date would break whatever computes with the first."""
    fields = [(b"X-B", b"1"), (b"x-a", b"\xe9 2"), (b"X-B", b"3"), (b"ETAG", b'"x"'), LENGTH]
    async with fronting(answering(200, *fields, content=b"hello")) as server:
        answer = await ask(server, CLOSING)
    assert answer == (
        b"HTTP/1.1 200 OK\r\nX-B: 1\r\nx-a: \xe9 2\r\nX-B: 3\r\nETAG: \"x\"\r\nContent-Length: 5\r\n"
        b"Connection: close\r\n\r\nhello"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "phrase"),
    [
        (200, b"OK"), (206, b"Partial Content"), (404, b"Not Found"), (413, b"Content Too Large"),
        (414, b"URI Too Long"), (416, b"Range Not Satisfiable"), (422, b"Unprocessable Content"),
        (502, b"Bad Gateway"), (504, b"Gateway Timeout"), (299, b""), (599, b""),
    ],
)  # fmt: skip
async def test_the_reason_phrase_is_that_of_rfc_9110(status: int, phrase: bytes) -> None:
    async with fronting(answering(status)) as server:
        answer = await ask(server, CLOSING)
    assert answer.startswith(b"HTTP/1.1 %d %s\r\n" % (status, phrase))


@pytest.mark.parametrize("phrase", [b"Fine, thanks", b"", b"\xe9"])
async def test_the_application_can_give_another_reason_phrase(phrase: bytes) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        front_of(scope).reason(phrase)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    async with fronting(application) as server:
        answer = await ask(server, CLOSING)
    assert answer.startswith(b"HTTP/1.1 200 " + phrase + b"\r\n")


async def test_the_header_section_does_not_wait_for_content() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [LENGTH]})
        await front_of(scope).disconnected.wait()

    async with fronting(application) as server, connected(server) as client:
        await client.send(GET)
        assert await client.until(b"\r\n\r\n") == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"


async def test_interim_responses_come_before_the_final_one(caplog: pytest.LogCaptureFixture) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await front_of(scope).interim(103, [(b"Link", b"</a.css>; rel=preload")])
        await front_of(scope).interim(102)
        await answering(200, LENGTH, content=b"hello")(scope, receive, send)
        await front_of(scope).interim(103)  # too late

    async with fronting(application) as server:
        assert await ask(server, CLOSING) == (
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
        )
        assert await ask(server, OLD) == (  # RFC 9110, 15.2: never to a client of HTTP/1.0
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
        )
    assert caplog.records == []


@pytest.mark.parametrize(
    "fields",
    [
        [(b"X-A", b"1\r\nSet-Cookie: a=b")],
        [(b"X A", b"1")],
        [(b"Content-Length", b"5"), (b"Content-Length", b"6")],
        [(b"Content-Length", b"-1")],
        [(b"Transfer-Encoding", b"gzip")],
        [(b"X-A", b"a\0b")],
    ],
    ids=["a second line in a value", "a space in a name", "two lengths", "a negative length", "another coding", "NUL"],
)
async def test_an_invalid_answer_becomes_a_500(fields: list[tuple[bytes, bytes]], caplog: Any) -> None:
    async with fronting(answering(200, *fields)) as server:
        answer = await ask(server, CLOSING)
    assert answer.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert b"Set-Cookie" not in answer
    assert len(caplog.records) == 1


async def test_an_application_can_answer_otherwise_when_its_first_answer_was_invalid() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        front_of(scope).reason(b"Fine")
        with pytest.raises(InvalidAnswer):
            await send({"type": "http.response.start", "status": 200, "headers": [(b"X A", b"1")]})
        await answering(502, LENGTH, content=b"sorry")(scope, receive, send)

    async with fronting(application) as server:
        for request in (CLOSING, OLD):
            answer = await ask(server, request)
            assert answer == b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsorry"


@pytest.mark.parametrize("content", [b"hell", b"hello!"], ids=["too short", "too long"])
async def test_content_of_another_length_than_announced_never_looks_complete(content: bytes, caplog: Any) -> None:
    async with fronting(answering(200, LENGTH, content=content)) as server, connected(server) as client:
        await client.send(GET)
        assert await client.rest() == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    assert "Content-Length" in caplog.text


async def test_an_interim_response_that_announces_content_is_not_sent(caplog: Any) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        for status, fields in ((103, [LENGTH]), (101, []), (200, []), (103, [(b"A", b"1\r\nB: 2")])):
            with pytest.raises(InvalidAnswer):
                await front_of(scope).interim(status, fields)
        await answering(200, LENGTH, content=b"hello")(scope, receive, send)

    async with fronting(application) as server:
        assert (await ask(server, CLOSING)).startswith(b"HTTP/1.1 200 OK\r\n")


async def test_an_application_that_answers_nothing_becomes_a_500(caplog: pytest.LogCaptureFixture) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        return

    async with fronting(application) as server, connected(server) as client:
        await client.send(GET)
        assert (await client.rest()).startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
        assert client.ending == "FIN"
    assert caplog.records == []


async def test_an_application_that_fails_before_it_answers_becomes_a_500(caplog: pytest.LogCaptureFixture) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        async with fronting(application) as server:
            assert (await ask(server, GET)).startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]


async def test_two_answers_to_one_request_are_an_error_of_the_application(caplog: pytest.LogCaptureFixture) -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [LENGTH]})
        await send({"type": "http.response.start", "status": 500, "headers": []})

    async with fronting(application) as server:
        answer = await ask(server, GET)
    assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    assert "begun already" in caplog.text


async def test_a_task_that_goes_on_after_its_response_does_not_hold_up_the_next_request() -> None:
    @http_only
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await answering(200, LENGTH, content=b"hello")(scope, receive, send)
        assert await receive() == {"type": "http.request", "body": b"", "more_body": False}
        assert await receive() == {"type": "http.disconnect"}
        await front_of(scope).disconnected.wait()  # for ever: the client has not gone

    async with fronting(application) as server, connected(server) as client:
        for _ in range(3):
            await client.send(GET)
            await client.until(b"hello")


async def test_the_content_can_be_read_after_the_response_has_begun() -> None:
    @http_only
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": await whole_content(receive)})

    async with fronting(echo) as server, connected(server) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
        await client.until(b"\r\n\r\n")
        await client.send(b"hello")
        assert await client.until(b"0\r\n\r\n") == b"5\r\nhello\r\n0\r\n\r\n"
