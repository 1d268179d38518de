"""What the upstream does in the trials: pages, answers to conditions, and failures, byte for byte."""

from collections.abc import Generator
from typing import Any

from lab.script import NONCE, Close, Get, Received, ReceiveRequest, Script, Send, Step

PAGE = b"<p>This is the page.</p>\n"
CHANGED = b"<p>This is the page, rewritten.</p>\n"
TAG = b'"v1"'
CHANGED_TAG = b'"v2"'

ASK_FIRST = b"no-cache"
"""To be kept, and never used before the origin was asked."""


def page(content: bytes = PAGE, freshness: bytes = ASK_FIRST, tag: bytes = TAG, *, closes: bool = False) -> Script:
    """An origin that evaluates If-None-Match: 304 for a client that has this page, else 200 and the page. `closes`: the
    connection, after the answer, as it says."""

    def answers() -> Generator[Step, Any, None]:
        request: Received = yield ReceiveRequest()
        last = (b"Connection: close\r\n",) if closes else ()
        if tag in (request.get(b"if-none-match") or b""):
            yield Send(*_head(b"304 Not Modified", tag, freshness), *last, b"\r\n")
        else:
            length = b"Content-Length: %d\r\n" % len(content)
            yield Send(*_head(b"200 OK", tag, freshness), length, *last, b"\r\n", content)
        if closes:
            yield Close()

    return answers


def _head(status: bytes, tag: bytes, freshness: bytes) -> tuple[Any, ...]:
    return (
        b"HTTP/1.1 " + status + b"\r\n", NONCE,
        b"ETag: " + tag + b"\r\n", b"Cache-Control: " + freshness + b"\r\n",
    )  # fmt: skip


def nonsense() -> Script:
    """A program that has crashed, and says so where an answer belongs."""
    return [ReceiveRequest(), Send(b"Segmentation fault (core dumped)\n"), Close()]


def its_own_502(freshness: bytes) -> Script:
    """A gateway behind the gateway: a 502 that is sent on, with explicit freshness."""
    content = b"Bad Gateway\n"
    return [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 502 Bad Gateway\r\n", NONCE, b"Cache-Control: " + freshness + b"\r\n",
            b"Content-Length: %d\r\n" % len(content), b"\r\n", content,
        ),
    ]  # fmt: skip


def broken_304(wrong: str, *lines: bytes, after: bytes = b"") -> Script:
    """A 304 with these field lines, and with bytes after its end."""
    return [ReceiveRequest(), Send(*_head(b"304 Not Modified", TAG, ASK_FIRST), *lines, b"\r\n", after, wrong=wrong)]


def asks(target: str = "/page", tag: bytes | None = None) -> Get:
    """A request, with the condition that a client with this copy sends."""
    return Get(target, *((b"If-None-Match: " + tag + b"\r\n",) if tag else ()))
