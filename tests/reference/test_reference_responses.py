"""What the client is told: the upstream's response, but for what concerns the upstream connection alone."""

import pytest

from tests.reference.parties import GET, Peer, answered, ask, connected, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH_0 = b"Content-Length: 0\r\n\r\n"


def head_lines(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


async def test_the_header_section() -> None:
    said = b"HTTP/1.1 299 What Else\r\nDATE: yesterday\r\nSet-Cookie: a\r\nset-cookie: b\r\nX-Y:  z\xe9 \r\n" + LENGTH_0
    got = await answered(saying(said))
    assert head_lines(got.raw) == [
        b"HTTP/1.1 299 What Else",
        b"DATE: yesterday",
        b"Set-Cookie: a",
        b"set-cookie: b",
        b"X-Y: z\xe9",
        b"Content-Length: 0",
        b"Via: 1.1 gw",
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"Connection: close",
        b"Keep-Alive: timeout=5",
        b"Proxy-Connection: close",
        b"Upgrade: h2c",
        b"X-One: 1",
        b"TE: x",
    ],
)
async def test_what_concerns_the_upstream_connection_stays_there(line: bytes) -> None:
    got = await answered(saying(OK, line, b"\r\nConnection: x-one\r\nZ: z\r\n", LENGTH_0))
    assert not got.head.fields.has(line.partition(b":")[0])
    assert got.value(b"z") == b"z"


async def test_one_who_names_content_length_in_connection_does_not_change_the_framing() -> None:
    got = await answered(saying(OK, b"Connection: content-length\r\nContent-Length: 2\r\n\r\nhi"))
    assert (got.value(b"content-length"), got.content) == (b"2", b"hi")


async def test_a_missing_date_is_added_by_the_clock() -> None:
    got = await answered(saying(OK, LENGTH_0), clock=lambda: 784_111_777.9)
    assert got.value(b"date") == b"Sun, 06 Nov 1994 08:49:37 GMT"


async def test_proxy_status_of_another_gateway_stays_as_it_is() -> None:
    got = await answered(saying(b"HTTP/1.1 502 Bad Gateway\r\nProxy-Status: other; error=x\r\n", LENGTH_0))
    assert got.proxy_status == "other; error=x"


async def test_no_proxy_status_where_nothing_failed() -> None:
    assert (await answered(saying(OK, LENGTH_0))).proxy_status == ""


async def test_chunks_are_relayed_as_chunks_without_extensions_and_trailers() -> None:
    got = await answered(saying(OK, b"Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\nA: b\r\n\r\n"))
    assert got.raw.endswith(b"\r\n\r\n2\r\nhi\r\n0\r\n\r\n")


async def test_a_response_of_http_1_0_that_ends_with_the_connection() -> None:
    got = await answered(saying(b"HTTP/1.0 200 OK\r\n\r\nhello"))
    assert (got.content, got.complete, got.value(b"via")) == (b"hello", True, b"1.0 gw")
    assert got.value(b"transfer-encoding") == b"chunked"


@pytest.mark.parametrize(
    ("request_line", "said"),
    [
        (b"HEAD / HTTP/1.1", OK + b"Content-Length: 1000\r\n\r\n"),
        (b"HEAD / HTTP/1.1", OK + b"Transfer-Encoding: chunked\r\n\r\n"),
        (b"GET / HTTP/1.1", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\nETag: x\r\n\r\n"),
        (b"GET / HTTP/1.1", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ],
)
async def test_a_response_without_content_ends_with_its_header_section(request_line: bytes, said: bytes) -> None:
    async with upstream(saying(said, end=staying)) as playing, gateway(playing) as between:
        got = await ask(between, request_line + b"\r\nHost: a\r\n\r\n")
    assert (got.complete, got.content) == (True, b"")
    assert got.raw.endswith(b"\r\n\r\n")
    assert got.value(b"content-length") == (b"1000" if b"1000" in said else b"")


async def test_interim_responses_are_relayed_but_for_100() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nConnection: x\r\nX: y\r\n\r\n"
    got = await answered(saying(b"HTTP/1.1 100 Continue\r\n\r\n", hints, hints, OK, LENGTH_0))
    assert [head.status for head in got.interim] == [103, 103]
    assert [tuple(head.fields) for head in got.interim] == [((b"Link", b"</a.css>"),)] * 2
    assert got.status == 200


async def test_no_interim_response_to_http_1_0() -> None:
    said = b"HTTP/1.1 103 Early Hints\r\n\r\n", OK, b"Content-Length: 2\r\n\r\nhi"
    got = await answered(saying(*said), b"GET / HTTP/1.0\r\nHost: a\r\n\r\n")
    assert (got.status, got.interim, got.content) == (200, [], b"hi")


async def test_only_interim_responses_are_no_answer() -> None:
    got = await answered(saying(b"HTTP/1.1 103 Early Hints\r\n\r\n"))
    assert (got.status, [head.status for head in got.interim]) == (502, [103])


@pytest.mark.parametrize("surplus", [b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged", b"x", b"\r\n"])
async def test_what_follows_a_complete_response_reaches_nobody(surplus: bytes) -> None:
    """RFC 9112, 6.3: bytes after the last response are no response, and the connection is closed (9.2)."""
    asked = []

    async def script(peer: Peer) -> None:
        asked.append(await peer.request())
        await peer.send(OK + b"Content-Length: 2\r\n\r\nhi" + (surplus if peer.number == 1 else b""))
        if peer.number == 1:
            await peer.ended()

    async with upstream(script) as playing, gateway(playing) as between, connected(between) as client:
        for _ in range(2):
            got = await client.ask(GET)
            assert got.raw.endswith(b"\r\n\r\nhi")
        assert len(playing.peers) == len(asked) == 2


async def test_the_reason_phrase_may_be_empty() -> None:
    assert (await answered(saying(b"HTTP/1.1 200 \r\n", LENGTH_0))).raw.startswith(b"HTTP/1.1 200 \r\n")
