"""What the gateway writes in its own way, whatever form it came in: lengths, versions, sizes."""

import dataclasses

import pytest

from lab.gateways.reference.settings import LIMITS
from tests.reference.parties import Peer, answered, ask, gateway, saying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
ZEROS = [b"0", b"0" * 25, b"0" * 5_000]


async def passed_on(request: bytes, content: bytes) -> bytes:
    """The header section that reaches the upstream, when its content has come too."""
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        seen.append(await peer.request())
        await peer.until(content)
        await peer.send(OK, b"Content-Length: 0\r\n\r\n")

    async with upstream(script) as playing, gateway(playing) as between:
        assert (await ask(between, request + content)).status == 200
    return seen[0]


@pytest.mark.parametrize("zeros", ZEROS, ids=len)
async def test_a_length_of_content_is_sent_on_without_leading_zeros(zeros: bytes) -> None:
    """They are legal (RFC 9110, 8.6), but not every recipient counts them."""
    head = await passed_on(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + zeros + b"2\r\n\r\n", b"hi")
    assert b"\r\nContent-Length: 2\r\n" in head


@pytest.mark.parametrize("zeros", ZEROS, ids=len)
@pytest.mark.parametrize(
    ("method", "status", "content"), [(b"GET", b"200 OK", b"hi"), (b"HEAD", b"200 OK", b""), (b"GET", b"304 N", b"")]
)
async def test_a_length_of_content_is_relayed_without_leading_zeros(
    zeros: bytes, method: bytes, status: bytes, content: bytes
) -> None:
    said = b"HTTP/1.1 " + status + b"\r\ncontent-length: " + zeros + b"2\r\n\r\n" + content
    got = await answered(saying(said), method + b" / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (got.value(b"content-length"), got.content, got.complete) == (b"2", content, True)


async def test_a_length_of_nothing_but_zeros_is_zero() -> None:
    got = await answered(saying(OK, b"Content-Length: " + b"0" * 30 + b"\r\n\r\n"))
    assert (got.value(b"content-length"), got.complete) == (b"0", True)


@pytest.mark.parametrize("version", [b"1.0", b"1.1", b"1.2"])
async def test_via_says_in_which_version_a_request_came(version: bytes) -> None:
    """RFC 9110, 7.6.3: the version received, not the one that is understood."""
    head = await passed_on(b"POST / HTTP/" + version + b"\r\nHost: a\r\nContent-Length: 2\r\n\r\n", b"hi")
    assert b"\r\nVia: " + version + b" gw\r\n" in head


async def test_trace_is_reflected_in_the_version_in_which_it_came() -> None:
    async with gateway() as between:
        got = await ask(between, b"TRACE / HTTP/1.2\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n")
    assert got.content.startswith(b"TRACE / HTTP/1.2\r\n")


@pytest.mark.parametrize(
    ("said", "size"),
    [
        (b"Content-Length: 999999999999999\r\n\r\nhi", ";body-size=999999999999999"),
        (b"Content-Length: 1000000000000000\r\n\r\nhi", ""),
        (b"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nhi", ""),
    ],
)
async def test_a_size_that_no_structured_field_can_say_is_left_out(said: bytes, size: str) -> None:
    """RFC 9651, 3.3.1: an Integer has at most 15 digits."""
    got = await answered(saying(OK, said), limits=dataclasses.replace(LIMITS, content=4))
    assert got.status == 502
    assert got.proxy_status.startswith(f"gw;error=http_response_body_size{size};next-hop=")
