"""What the upstream is asked: the client's request, but for what concerns the client connection alone."""

import pytest

from lab.gateways import Destination
from tests.reference.parties import Peer, ask, gateway, upstream

pytestmark = pytest.mark.anyio

NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


async def passed_on(request: bytes) -> list[bytes]:
    """The lines of the header section that reaches the upstream."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between:
        assert (await ask(between, request)).status == 200
    return seen[0].removesuffix(b"\r\n\r\n").split(b"\r\n")


def request(*lines: bytes) -> bytes:
    return b"\r\n".join((*lines, b"", b""))


async def test_the_header_section() -> None:
    lines = await passed_on(
        request(b"GET /a/../b?c=%2F&d=? HTTP/1.1", b"Accept: */*", b"HOST: A.example:80", b"x-Y:  z ")
    )
    assert lines == [
        b"GET /a/../b?c=%2F&d=? HTTP/1.1",
        b"Host: A.example:80",
        b"Accept: */*",
        b"x-Y: z",
        b"Via: 1.1 gw",
        b'Forwarded: for=127.0.0.1;by=_gw;proto=http;host="A.example:80"',
    ]


@pytest.mark.parametrize("method", [b"GET", b"get", b"PURGE", b"M-SEARCH"])
async def test_the_method_is_verbatim(method: bytes) -> None:
    assert (await passed_on(request(method + b" / HTTP/1.1", b"Host: a")))[0] == method + b" / HTTP/1.1"


@pytest.mark.parametrize(
    ("target", "start", "host"),
    [
        (b"GET http://b.example/c?d", b"GET /c?d HTTP/1.1", b"Host: b.example"),
        (b"GET http://b.example:8080", b"GET / HTTP/1.1", b"Host: b.example:8080"),
        (b"OPTIONS http://b.example", b"OPTIONS * HTTP/1.1", b"Host: b.example"),
        (b"OPTIONS *", b"OPTIONS * HTTP/1.1", b"Host: a.example"),
    ],
)
async def test_the_target_and_the_host(target: bytes, start: bytes, host: bytes) -> None:
    lines = await passed_on(request(target + b" HTTP/1.1", b"Host: a.example"))
    assert lines[:2] == [start, host]


@pytest.mark.parametrize(
    "line",
    [
        b"Connection: keep-alive",
        b"Keep-Alive: timeout=5",
        b"Proxy-Connection: keep-alive",
        b"TE: trailers",
        b"Upgrade: websocket",
        b"Expect: 100-continue",
        b"HTTP2-Settings: AAMAAABkAAQAAP__",
        b"X-One: 1",
        b"x-two: 2",
    ],
)
async def test_what_concerns_the_client_connection_stays_there(line: bytes) -> None:
    """RFC 9110, 7.6.1: the fields that Connection names, itself, and those known to concern one connection."""
    lines = await passed_on(
        request(
            b"GET / HTTP/1.1", b"Host: a", line, b"Connection: X-One, http2-settings", b"Connection: X-TWO,", b"Z: z"
        )
    )
    name = line.partition(b":")[0].lower()
    assert name not in [passed.partition(b":")[0].lower() for passed in lines]
    assert b"Z: z" in lines


async def test_one_who_names_host_in_connection_does_not_get_rid_of_it() -> None:
    lines = await passed_on(request(b"GET / HTTP/1.1", b"Host: a", b"Connection: host, via"))
    assert lines[1] == b"Host: a"
    assert b"Via: 1.1 gw" in lines


async def test_a_client_of_http_1_0_without_a_host() -> None:
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.send(NOTHING)

    async with upstream(script) as playing, gateway(playing) as between:
        await ask(between, request(b"GET / HTTP/1.0"))
        host, port = playing.destination.address
    lines = seen[0].split(b"\r\n")
    assert lines[:2] == [b"GET / HTTP/1.1", f"Host: {host}:{port}".encode()]
    assert b"Via: 1.0 gw" in lines
    assert b"Forwarded: for=127.0.0.1;by=_gw;proto=http" in lines


@pytest.mark.parametrize("value", [b'for="', b'for=1, for="\\"', b'for="a";by="b\\\\\\"'])
async def test_a_forwarded_that_would_take_in_the_member_behind_it_is_left_out(value: bytes) -> None:
    lines = await passed_on(request(b"GET / HTTP/1.1", b"Host: a", b"Forwarded: " + value, b"Other: " + value))
    assert [line for line in lines if line.startswith(b"Forwarded:")] == [
        b'Forwarded: for=127.0.0.1;by=_gw;proto=http;host="a"'
    ]
    assert b"Other: " + value in lines


async def test_a_forwarded_with_whole_strings_is_passed_on() -> None:
    line = rb'Forwarded: for="[2001:db8::1]", for="\"", by="\\"'
    assert line in await passed_on(request(b"GET / HTTP/1.1", b"Host: a", line))


async def test_via_and_forwarded_are_added_to() -> None:
    lines = await passed_on(
        request(
            b"GET / HTTP/1.1", b"Host: a", b"Via: 1.0 fred, 1.1 p.example (Apache, gw)", b"Forwarded: for=192.0.2.1"
        )
    )
    assert lines[2:] == [
        b"Via: 1.0 fred, 1.1 p.example (Apache, gw)",
        b"Forwarded: for=192.0.2.1",
        b"Via: 1.1 gw",
        b'Forwarded: for=127.0.0.1;by=_gw;proto=http;host="a"',
    ]


@pytest.mark.parametrize("via", [b"1.1 gw", b"1.0 fred, 1.1 GW (a comment)", b"HTTP/1.1 gw"])
async def test_a_loop(via: bytes) -> None:
    async def script(peer: Peer) -> None:
        raise AssertionError("asked")

    async with upstream(script) as playing, gateway(playing) as between:
        got = await ask(between, request(b"GET / HTTP/1.1", b"Host: a", b"Via: " + via))
    assert got.status == 502
    assert (
        got.proxy_status == 'gw;error=proxy_loop_detected;details="the request\'s Via field already names this gateway"'
    )
    assert not playing.peers


async def test_a_loop_through_gateways() -> None:
    async with gateway() as inner, gateway(Destination(inner.address)) as outer:
        got = await ask(outer)
    assert got.status == 502
    assert got.proxy_status.startswith("gw;error=proxy_loop_detected;")


class TestMaxForwards:
    """RFC 9110, 7.6.2."""

    async def test_is_decremented(self) -> None:
        lines = await passed_on(request(b"OPTIONS / HTTP/1.1", b"Host: a", b"max-forwards: 10"))
        assert b"max-forwards: 9" in lines

    async def test_means_nothing_elsewhere(self) -> None:
        lines = await passed_on(request(b"GET / HTTP/1.1", b"Host: a", b"Max-Forwards: 0"))
        assert b"Max-Forwards: 0" in lines

    async def test_trace_is_reflected_without_secrets(self) -> None:
        async with gateway() as between:
            got = await ask(
                between,
                request(
                    b"TRACE /a HTTP/1.1", b"Host: a", b"Max-Forwards: 0", b"Cookie: c", b"Authorization: d", b"E: f"
                ),
            )
        assert (got.status, got.value(b"content-type")) == (200, b"message/http")
        assert got.content == b"TRACE /a HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\nE: f\r\n\r\n"
        assert got.proxy_status == 'gw;error=proxy_internal_response;details="Max-Forwards was 0"'

    async def test_options_is_answered(self) -> None:
        async with gateway() as between:
            got = await ask(between, request(b"OPTIONS * HTTP/1.1", b"Host: a", b"Max-Forwards: 0"))
        assert (got.status, got.content, got.value(b"content-length")) == (200, b"", b"0")

    @pytest.mark.parametrize("value", [b"x", b"-1", b"1, 2", b""])
    async def test_no_number(self, value: bytes) -> None:
        async with gateway() as between:
            got = await ask(between, request(b"TRACE / HTTP/1.1", b"Host: a", b"Max-Forwards: " + value))
        assert got.status == 400
        assert got.proxy_status.startswith('gw;error=http_request_error;status-code=400;status-phrase="Bad Request";')


async def test_no_content_and_a_length_of_zero_are_told_apart() -> None:
    assert b"Content-Length: 0" in await passed_on(request(b"POST / HTTP/1.1", b"Host: a", b"Content-Length: 0"))
    assert b"Content-Length: 0" not in await passed_on(request(b"POST / HTTP/1.1", b"Host: a"))
