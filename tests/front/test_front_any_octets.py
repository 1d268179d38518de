"""Whatever octets come, in whatever pieces: there is an answer or an end, and nothing fails."""

import asyncio
import contextlib
import logging
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.front.wire import answering, connected, front_of, fronting, http_only

PARTS = [
    b"GET ", b"POST ", b"HEAD ", b"CONNECT ", b"/ ", b"/a?b ", b"* ", b"http://b/ ", b"HTTP/1.1", b"HTTP/1.0",
    b"HTTP/2.0",
    b"\r\n", b"\r\n\r\n", b"\n", b"\r", b" ", b"\t", b":", b"\0", b"\xff", b"Host: a\r\n", b"Host: b\r\n",
    b"Content-Length: 5\r\n", b"Content-Length: 0\r\n", b"Transfer-Encoding: chunked\r\n", b"Connection: close\r\n",
    b"Connection: keep-alive\r\n", b"Expect: 100-continue\r\n", b"Upgrade: h2c\r\n", b"0\r\n\r\n", b"5\r\nhello\r\n",
    b"hello", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
]  # fmt: skip

# What a server of HTTP/2 begins with: its length, and the type of the frame.
SETTINGS = b"\0\0\x2a\x04"

conversations = st.lists(
    st.lists(st.sampled_from(PARTS) | st.binary(max_size=9), max_size=12).map(b"".join), max_size=4
)


class Failures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@http_only
async def reading(scope: Any, receive: Any, send: Any) -> None:
    seen = front_of(scope)
    assert seen.method
    assert seen.target
    content, more = b"", seen.method != b"HEAD"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        content += message["body"]
        more = message["more_body"]
    await answering(200, (b"Content-Length", b"%d" % len(content)), content=content)(scope, receive, send)


@given(conversations)
@settings(max_examples=60)
def test_any_octets_get_an_answer_or_an_end(pieces: list[bytes]) -> None:
    async def converse() -> bytes:
        async with fronting(reading) as server, connected(server) as client:
            with contextlib.suppress(OSError):  # the connection may have ended
                for piece in pieces:
                    await client.send(piece)
                    await asyncio.sleep(0)
                client.half_close()
            return await client.rest()

    failures = Failures()
    logging.getLogger().addHandler(failures)
    try:
        answers = asyncio.run(converse())
    finally:
        logging.getLogger().removeHandler(failures)
    assert answers == b"" or answers.startswith((b"HTTP/1.1 ", SETTINGS))
    assert failures.records == []
