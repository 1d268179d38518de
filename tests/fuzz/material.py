"""What fuzzing begins with, every byte of the catalogue and messages that are right, and how it is changed."""

import functools
import itertools
import os
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from lab.catalogue import load
from lab.scenario.rehearsal import SAMPLE, rehearse
from lab.script import Send, fill

TIMES = int(os.environ.get("FUZZ", "1"))
"""How many times as many examples as the tests of every day take."""

LONGEST = 3_000
"""Octets. Longer messages are about limits, and slow to change."""

RIGHT_RESPONSES = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n",
    b"HTTP/1.0 404 Not Found\r\nConnection: close\r\n\r\nnothing here",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nConnection: x, etag\r\nETag: y\r\n\r\n",
    b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/4\r\nContent-Length: 2\r\nVary: a\r\n\r\nab",
)
RIGHT_REQUESTS = (
    b"GET /a?b=c HTTP/1.1\r\nHost: a.example\r\nAccept: text/plain\r\n\r\n",
    b"HEAD http://a.example/ HTTP/1.1\r\nHost: b.example\r\nConnection: close, x\r\nX: y\r\n\r\n",
    b"POST /c HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello",
    b"PUT /d HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n\r\n"
    b"5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n",
    b"POST /e HTTP/1.1\r\nHost: a.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
    b"OPTIONS * HTTP/1.1\r\nHost: a.example\r\nMax-Forwards: 1\r\n\r\n",
    b"GET /f HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
)
PIECES = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b",", b";", b"\r\n\r\n", b"\x80", b"/", b"*", b"0\r\n\r\n",
    b"5\r\n", b"5\r\nhello\r\n", b"hello", b"-1", b"0x5", b"99999999999999999999", b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", b"HTTP/1.0", b"HTTP/2.0",
    b"Content-Length: 5\r\n", b"Content-Length: 6\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n", b"Connection: close\r\n", b"Connection: content-length\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"Host: b\r\n", b"Expect: x\r\n", b"Upgrade: h2c\r\n", b"A" * 9_000,
)  # fmt: skip

Cuts = list[int]


class Edit(NamedTuple):
    """One change. `at`: where, counted modulo the length of what is changed."""

    kind: str
    at: int
    length: int
    piece: bytes


@functools.cache
def responses() -> tuple[bytes, ...]:
    """All that upstreams of the catalogue send at once, and some that are right."""
    return RIGHT_RESPONSES + _scripted(upstream=True)


@functools.cache
def requests() -> tuple[bytes, ...]:
    """All that clients of the catalogue send at once, and some that are right."""
    return RIGHT_REQUESTS + _scripted(upstream=False)


def _scripted(*, upstream: bool) -> tuple[bytes, ...]:
    found: dict[bytes, None] = {}
    for case in load().all_cases():
        for script in rehearse(case).scripts:
            if bool(script.peer) is upstream:
                sent = [fill(step.lines, SAMPLE) for step in script.steps if isinstance(step, Send)]
                found |= dict.fromkeys((*sent, b"".join(sent)))
    return tuple(octets for octets in found if 0 < len(octets) <= LONGEST)


def mutated(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of these messages, with up to four changes; or octets at random."""
    piece = st.sampled_from(PIECES) | st.binary(max_size=4) | st.sampled_from(seeds)
    edit = st.builds(
        Edit,
        st.sampled_from(("cut", "repeat", "flip", "insert", "replace", "end")),
        st.integers(0, LONGEST),
        st.integers(1, 40),
        piece,
    )
    return st.builds(edited, st.sampled_from(seeds), st.lists(edit, max_size=4)) | st.binary(max_size=60)


def edited(octets: bytes, edits: list[Edit]) -> bytes:
    for kind, at, length, piece in edits:
        at %= len(octets) + 1
        before, here, after = octets[:at], octets[at : at + length], octets[at + length :]
        match kind:
            case "cut":
                octets = before + after
            case "repeat":
                octets = before + here + here + after
            case "flip":
                octets = before + bytes(octet ^ 1 << length % 8 for octet in here[:1]) + here[1:] + after
            case "insert":
                octets = before + piece + here + after
            case "replace":
                octets = before + piece + after
            case "end":
                octets = before
    return octets


cuts = st.lists(st.integers(0, LONGEST), max_size=3)


def segments(octets: bytes, at: Cuts) -> list[bytes]:
    """The octets in pieces, none of them empty."""
    marks = sorted({cut % (len(octets) + 1) for cut in at} | {0, len(octets)})
    return [octets[begin:end] for begin, end in itertools.pairwise(marks)]
