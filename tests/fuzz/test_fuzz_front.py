"""Whatever a client says over HTTP/1, the gateway answers in HTTP or closes, and its upstream gets nothing else.

One gateway takes all the examples. What reaches the upstream has to be what a strict reader finds in the client's
octets, request for request: that nothing is smuggled.
"""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lab import h1
from lab.gateways import Destination, Running, Setup
from lab.gateways.names import gateway_named
from tests.fuzz.echo import Asked, echo, said
from tests.fuzz.material import TIMES, Cuts, cuts, mutated, requests, segments
from tests.fuzz.watching import Watch, watching

DEADLINE = 10.0
"""Seconds in which a client that has ended its side has its last answer: reached only where it never comes."""

GOOD = b"GET /good HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes
    own: bool  # made by the gateway, of which Proxy-Status tells


@dataclass(frozen=True, repr=False)
class Stage:
    """A gateway in front of an upstream that tells what it was asked, and what it was asked wrongly."""

    watch: Watch
    running: Running
    asked: list[Asked]
    wrong: list[str]

    def say(self, pieces: list[bytes]) -> bytes:
        """What a client gets that says this and ends its side."""
        return self.watch.run(_say(self.running.address, pieces))


async def _say(address: tuple[str, int], pieces: list[bytes]) -> bytes:
    loop, got = asyncio.get_running_loop(), b""
    with socket.socket() as sock:
        sock.setblocking(False)
        async with asyncio.timeout(DEADLINE):
            await loop.sock_connect(sock, address)
            with contextlib.suppress(ConnectionError):  # it may end the connection at any time
                for piece in pieces:
                    await loop.sock_sendall(sock, piece)
                    await asyncio.sleep(0)
                sock.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := await loop.sock_recv(sock, 65536):
                    got += piece
    return got


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with watching() as watch:
        stack, asked, wrong = contextlib.AsyncExitStack(), list[Asked](), list[str]()

        async def set_up() -> Running:
            address = await stack.enter_async_context(echo(asked, wrong))
            running = await gateway_named("reference").start(Setup((Destination(address),)))
            stack.push_async_callback(running.stop)
            return running

        yield Stage(watch, watch.run(set_up()), asked, wrong)
        watch.run(stack.aclose())


@settings(max_examples=150 * TIMES)
@given(st.lists(mutated(requests()), min_size=1, max_size=2).map(b"".join), cuts)
def test_whatever_a_client_says(stage: Stage, octets: bytes, at: Cuts) -> None:
    assume(not octets.startswith(b"PRI "))  # HTTP/2 begins so
    stage.asked.clear()
    expected = understood(octets)
    got = stage.say(segments(octets, at))
    assert got or not octets.strip(b"\r\n"), "no answer at all"
    answers = answers_in(got, [method for method, _, _ in expected])
    assert stage.wrong == []
    in_order = iter(expected)
    assert all(asked in in_order for asked in stage.asked), f"asked {stage.asked} for {expected}"
    relayed = [answer.content for answer in answers if not answer.own]
    told = [b"" if asked[0] == b"HEAD" else said(asked) for asked in stage.asked]
    assert relayed == told[: len(relayed)]
    assert stage.say([GOOD]).endswith(b"GET /good ")


def understood(octets: bytes) -> list[Asked]:
    """The complete requests in these octets, read strictly, up to the first fault."""
    reader = h1.Reader("request", strict=True)
    reader.feed(octets)
    reader.close()
    found: list[Asked] = []
    content = b""
    head: h1.Head | None = None
    for event in reader.events():
        match event:
            case h1.Head():
                head, content = event, b""
            case h1.Content(piece):
                content += piece
            case h1.End(complete=True):
                assert head is not None
                found.append((head.method, origin_form(head.target, head.method), content))
    return found


def origin_form(target: bytes, method: bytes) -> bytes:
    """What an upstream is asked for, where a client asked for this (RFC 9112, 3.2)."""
    scheme, separator, rest = target.partition(b"://")
    if not separator or b"/" in scheme or b"?" in scheme:
        return target
    end = min((rest + b"/").index(b"/"), (rest + b"?").index(b"?"))
    path = rest[end:]
    if not path and method == b"OPTIONS":
        return b"*"
    return path if path.startswith(b"/") else b"/" + path


def answers_in(got: bytes, methods: list[bytes]) -> list[Answer]:
    """The answers that a client got, read strictly: all complete, and nothing else. The last one may be the refusal of
    something that is no request, and yet looks like one with HEAD."""
    for last in (b"GET", b"HEAD"):
        found, fault = _answers(got, [*methods, last])
        if not fault:
            return found
    raise AssertionError(f"{fault} in {got!r}")


def _answers(got: bytes, methods: list[bytes]) -> tuple[list[Answer], str]:
    reader = h1.Reader("response", strict=True, method=methods[0])
    for method in methods[1:]:
        reader.next(method)
    reader.feed(got)
    reader.close()
    head: h1.Head | None = None
    content = b""
    found: list[Answer] = []
    for event in reader.events():
        match event:
            case h1.Head(final=True):
                head, content = event, b""
            case h1.Content(piece):
                content += piece
            case h1.End(complete=True):
                assert head is not None
                found.append(Answer(head.status, content, head.fields.has(b"Proxy-Status")))
            case h1.End(condition="incomplete") | h1.Broken() | h1.Surplus():
                return found, str(event)
    return found, ""
