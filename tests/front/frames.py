"""A client of HTTP/2 that sends any frames, and keeps what comes: each frame, and what it means on its stream."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hpack import Decoder

from lab import h2
from lab.gateways.reference.front import FrontSettings
from lab.serving.server import Server
from tests.front.wire import DEADLINE, Application, Client, connected, fronting

GET = h2.asks()
POST = h2.asks(b"POST")


@dataclass
class Got:
    """What came on one stream. `end`: "end" for END_STREAM, or the name of the code of RST_STREAM."""

    sections: list[list[tuple[bytes, bytes]]] = field(default_factory=list)
    content: bytes = b""
    ends: list[str] = field(default_factory=list)

    @property
    def end(self) -> str | None:
        return self.ends[0] if self.ends else None

    @property
    def final(self) -> list[tuple[bytes, bytes]]:
        return next(section for section in self.sections if section[0][1] >= b"200")

    @property
    def status(self) -> int | None:
        return next((int(section[0][1]) for section in self.sections if section[0][1] >= b"200"), None)


class Speaker:
    """One connection. `frames`: all that came, in order."""

    def __init__(self, wire: Client) -> None:
        self.wire = wire
        self.frames: list[h2.Frame] = []
        self.streams: dict[int, Got] = {}
        self._cutter = h2.Cutter()
        self._decoder = Decoder()
        self._block = b""

    async def send(self, *octets: bytes) -> None:
        await self.wire.send(b"".join(octets))

    async def until(self, happened: Callable[[], Any]) -> None:
        """Read until it has happened."""
        async with asyncio.timeout(DEADLINE):
            while not happened():
                octets = await self.wire.some()
                assert octets, (self.wire.ending, self.frames)
                self._read(octets)

    async def answer(self, stream: int) -> Got:
        """What came on a stream, when it has ended."""
        await self.until(lambda: self.on(stream).ends)
        return self.on(stream)

    async def rest(self) -> None:
        """Read until the connection ends."""
        self._read(await self.wire.rest())

    async def round_trip(self) -> None:
        """All that was sent has been dealt with."""
        so_far = len(self.of(h2.FrameType.PING))
        await self.send(h2.ping(b"all read"))
        await self.until(lambda: len(self.of(h2.FrameType.PING)) > so_far)

    def on(self, stream: int) -> Got:
        return self.streams.setdefault(stream, Got())

    def of(self, kind: int, stream: int | None = None) -> list[h2.Frame]:
        return [frame for frame in self.frames if frame.type == kind and stream in (None, frame.stream)]

    def credit(self, stream: int) -> int:
        """What the server has given by WINDOW_UPDATE."""
        return sum(frame.last for frame in self.of(h2.FrameType.WINDOW_UPDATE, stream))

    @property
    def farewell(self) -> tuple[str, int, bytes]:
        """Code, last stream and text of the last GOAWAY."""
        frame = self.of(h2.FrameType.GOAWAY)[-1]
        return h2.name_of(frame.code, h2.ErrorCode), frame.last, frame.payload[8:]

    def _read(self, octets: bytes) -> None:
        self._cutter.feed(octets)
        for frame in self._cutter.frames():
            self.frames.append(frame)
            got = self.on(frame.stream)
            if frame.type in (h2.FrameType.HEADERS, h2.FrameType.CONTINUATION):
                self._block += frame.inside or b""
                if frame.has(h2.END_HEADERS):
                    pairs = self._decoder.decode(self._block, raw=True)
                    got.sections.append([(bytes(name), bytes(value)) for name, value in pairs])
                    self._block = b""
            elif frame.type == h2.FrameType.DATA:
                got.content += frame.inside or b""
            if frame.type in (h2.FrameType.HEADERS, h2.FrameType.DATA) and frame.has(h2.END_STREAM):
                got.ends.append("end")
            elif frame.type == h2.FrameType.RST_STREAM:
                got.ends.append(h2.name_of(frame.code, h2.ErrorCode))


@contextlib.asynccontextmanager
async def speaking(
    server: Server,
    tls: ssl.SSLContext | None = None,
    *,
    settings: Mapping[int, int] | None = None,
    buffer: int = 0,
    begun: bool = True,
) -> AsyncIterator[Speaker]:
    """A client that has sent its preface, if it has begun."""
    async with connected(server, tls, buffer) as wire:
        speaker = Speaker(wire)
        if begun:
            await speaker.send(h2.preface(settings or {}))
        yield speaker


def long_headers(stream: int, fields: Any) -> bytes:
    """HEADERS that end the stream, and as many frames of CONTINUATION as these fields need."""
    block = h2.field_block(fields)
    first, *others = [block[start : start + 16_000] for start in range(0, len(block), 16_000)]
    frames = [h2.headers(stream, first, end_stream=True, end_headers=not others)]
    frames += [h2.continuation(stream, piece, end_headers=piece is others[-1]) for piece in others]
    return b"".join(frames)


async def asked(app: Application, *octets: bytes, settings: FrontSettings = FrontSettings()) -> Got:
    """The answer to what these frames ask on stream 1."""
    async with fronting(app, settings) as server, speaking(server) as client:
        await client.send(*octets)
        return await client.answer(1)


def described(got: Got) -> Any:
    """What `wire.describing` saw."""
    assert got.status == 200, got
    return json.loads(got.content)
