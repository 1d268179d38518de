"""The lenient mode: what a clause allows to repair is repaired, told, and sent on right; the rest is refused."""

import pytest

from lab.h1 import Kind
from tests.reference.parties import GET, Got, Peer, ask, connected, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
HI = b"Content-Length: 2\r\n\r\nhi"


async def leniently(*said: bytes, request: bytes = GET) -> tuple[Got, list[str]]:
    """What a client gets, and what the gateway says of it."""
    async with upstream(saying(*said)) as playing, gateway(playing, strict=False) as between:
        return await ask(between, request), between.log


REPAIRED = [
    (Kind.BARE_LF, OK + b"A: b\n" + HI, 200, b"A", b"b"),
    (Kind.OBS_FOLD, OK + b"A: b\r\n c\r\n" + HI, 200, b"A", b"b c"),
    (Kind.SPACE_BEFORE_COLON, OK + b"A : b\r\n" + HI, 200, b"A", b"b"),
    (Kind.NUL_IN_VALUE, OK + b"A: b\0c\r\n" + HI, 200, b"A", b"b c"),
    (Kind.NO_COLON, OK + b"nonsense\r\n" + HI, 200, b"nonsense", b""),
    (Kind.STATUS_LINE_SPACE, b"HTTP/1.1  200  OK\r\n" + HI, 200, b"A", b""),
    (Kind.STATUS_RANGE, b"HTTP/1.1 799 Odd\r\n" + HI, 500, b"A", b""),
    (Kind.STATUS_RANGE, b"HTTP/1.1 099 Odd\r\n" + HI, 500, b"A", b""),
    (Kind.CONTENT_LENGTH_REPEATED, OK + b"Content-Length: 2\r\n" + HI, 200, b"Content-Length", b"2"),
    (
        Kind.TRANSFER_ENCODING_WITH_LENGTH,
        OK + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
        200,
        b"Content-Length",
        b"",
    ),
    (
        Kind.TRAILER_FORBIDDEN,
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nHost: x\r\n\r\n",
        200,
        b"Host",
        b"",
    ),
]


@pytest.mark.parametrize(("kind", "said", "status", "name", "value"), REPAIRED)
async def test_a_repair_is_told_and_what_goes_on_is_right(
    kind: Kind, said: bytes, status: int, name: bytes, value: bytes
) -> None:
    got, log = await leniently(said)
    assert (got.status, got.content, got.complete) == (status, b"hi", True)
    assert got.value(name) == value
    assert len(log) == 1
    assert f": repaired: {kind}: octet " in log[0]
    assert str(kind.clause) in log[0]


@pytest.mark.parametrize(("kind", "said", "status", "name", "value"), REPAIRED)
async def test_the_strict_mode_refuses_each_of_them(
    kind: Kind, said: bytes, status: int, name: bytes, value: bytes
) -> None:
    async with upstream(saying(said)) as playing, gateway(playing, buffer=100) as between:
        assert (await ask(between)).status == 502


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Length 2",
        b"Content Length: 2",
        b"Content-Length\0: 2",
        b"\0Transfer-Encoding\x0b: chunked",
        b"transfer_encoding\x7f: chunked",
    ],
)
@pytest.mark.parametrize("known", [b"", b"Content-Length: 4\r\n"])
async def test_a_line_that_may_have_said_where_the_content_ends_is_not_ignored(line: bytes, known: bytes) -> None:
    """Or less, or more, than the response would be sent on as if it were all of it."""
    got, _ = await leniently(OK, b"A: b\r\n", line, b"\r\n", known, b"\r\n2\r\nhi\r\n0\r\n\r\n")
    assert got.status == 502
    assert "error=http_protocol_error;" in got.proxy_status
    assert "received-status=200" in got.proxy_status


async def test_such_a_line_may_be_ignored_where_nothing_depends_on_it() -> None:
    chunked = OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nContent Length: 5\r\n\r\n"
    assert (await leniently(chunked))[0].content == b"hi"
    assert (await leniently(b"HTTP/1.1 204 No Content\r\nContent-Length 2\r\n\r\n"))[0].status == 204


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"garbage\r\n\r\n", "http_protocol_error"),
        (OK + b"Content-Length: 2, 3\r\n\r\nhi", "http_protocol_error"),
        (OK + b"A : b\r\nContent-Length: x\r\n\r\nhi", "http_protocol_error"),
        (OK + b"Transfer-Encoding: gzip\r\n\r\nhi", "http_response_transfer_coding"),
        (OK + b"Content-Length: 3\r\n\r\nhi", "http_response_incomplete"),
    ],
)
async def test_what_no_clause_allows_to_repair_is_refused(said: bytes, error: str) -> None:
    async with upstream(saying(said)) as playing, gateway(playing, strict=False, buffer=100) as between:
        got = await ask(between)
    assert (got.status, got.complete) == (502, True)
    assert f"error={error};" in got.proxy_status
    assert [line for line in between.log if error in line] == between.log[-1:]


async def test_each_kind_is_told_once() -> None:
    _, log = await leniently(OK + b"A: b\nC : d\n" + b"E: f\n" * 50 + HI)
    assert [line.split(": repaired: ")[1].partition(":")[0] for line in log] == ["bare-lf", "space-before-colon"]


async def test_a_connection_on_which_something_was_repaired_is_not_used_again() -> None:
    """RFC 9112, 6.1, 6.3: its framing is as doubtful as what had to be repaired."""

    async def script(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.send(OK + (b"A : b\r\n" if peer.number == 1 else b"A: b\r\n") + HI)

    async with (
        upstream(script) as playing,
        gateway(playing, strict=False) as between,
        connected(between) as client,
    ):
        for _ in range(3):
            assert (await client.ask()).content == b"hi"
        assert len(playing.peers) == 2


async def test_requests_are_read_strictly_in_either_mode() -> None:
    async with upstream(saying(OK, HI, end=staying)) as playing, gateway(playing, strict=False) as between:
        got = await ask(between, b"GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n")
        assert (got.status, playing.peers) == (400, [])
