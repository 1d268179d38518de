"""Whatever frames come, in whatever pieces: there are answers or an end, and nothing fails."""

import asyncio
import contextlib
import logging
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lab import h2
from lab.gateways.reference.front import FrontSettings
from lab.h2 import FrameType, Setting
from tests.front.frames import GET, POST, Speaker
from tests.front.test_front_any_octets import Failures, reading
from tests.front.wire import DEADLINE, connected, fronting

PROMPT = FrontSettings(header_timeout=0.05, content_timeout=0.05, idle_timeout=0.05, write_timeout=0.05, linger=0.02)
STREAMS = [1, 1, 1, 3, 3, 5, 7, 0, 2]

flags = st.sampled_from([0, 1, 4, 5, 8, 9, 0x20, 0x25, 0xFF])
streams = st.sampled_from(STREAMS)
fields = st.lists(
    st.sampled_from(
        [*GET, (b":method", b"HEAD"), (b":path", b""), (b"te", b"trailers"), (b"X", b"y"), (b"expect", b"100-continue"),
         (b"content-length", b"5"), (b"cookie", b"a=b"), (b"connection", b"close"), (b"a", b"b\r\n"), (b"", b"")]
    ),
    max_size=6,
).map(tuple)  # fmt: skip
frames = st.one_of(
    st.builds(h2.frame, st.integers(0, 12), flags, streams, st.binary(max_size=30)),
    st.builds(h2.headers, streams, st.sampled_from([GET, POST]), end_stream=st.booleans()),
    st.builds(h2.headers, streams, fields, end_stream=st.booleans(), end_headers=st.booleans()),
    st.builds(h2.continuation, streams, fields, end_headers=st.booleans()),
    st.builds(h2.data, streams, st.sampled_from([b"", b"hello", bytes(16_384)]), end_stream=st.booleans()),
    st.builds(h2.data, streams, st.just(b"hello"), padding=st.sampled_from([0, 7, 255])),
    st.builds(h2.rst_stream, streams, st.integers(0, 20)),
    st.builds(h2.window_update, streams, st.sampled_from([0, 1, 65_535, 2**31 - 1])),
    st.builds(
        h2.settings, st.dictionaries(st.sampled_from([*Setting, 99]), st.sampled_from([0, 1, 16_384, 2**32 - 1]))
    ),
    st.sampled_from([h2.ping(), h2.goaway(), h2.settings(ack=True), h2.frame(FrameType.PRIORITY, 0, 1, bytes(5))]),
    st.binary(max_size=12),
)
conversations = st.lists(st.lists(frames, max_size=8).map(b"".join), max_size=4)


@given(conversations, st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_frames_get_answers_or_an_end(pieces: list[bytes], half_close: bool) -> None:
    async def converse() -> None:
        async with fronting(reading, PROMPT) as server, connected(server) as client:
            with contextlib.suppress(OSError):  # the connection may have ended
                await client.send(h2.preface())
                for piece in pieces:
                    await client.send(piece)
                    await asyncio.sleep(0)
                if half_close:
                    client.half_close()
            speaker: Any = Speaker(client)
            await speaker.rest()
            for got in speaker.streams.values():
                assert got.ends.count("end") <= 1
            async with asyncio.timeout(DEADLINE):
                while server._open:
                    await asyncio.sleep(0.005)

    failures = Failures()
    logging.getLogger().addHandler(failures)
    try:
        asyncio.run(converse())
    finally:
        logging.getLogger().removeHandler(failures)
    assert failures.records == []
