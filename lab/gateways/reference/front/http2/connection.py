"""A client connection of HTTP/2: many requests at once, each an exchange of its own on its stream."""

import asyncio

from h2.events import (
    DataReceived,
    Event,
    PingAckReceived,
    RemoteSettingsChanged,
    RequestReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
    WindowUpdated,
)
from hypercorn.events import Event as FromServer
from hypercorn.events import RawData

from lab.gateways.reference.front.crowd import Crowd
from lab.gateways.reference.front.deadline import Deadline
from lab.gateways.reference.front.extension import Front
from lab.gateways.reference.front.http2.allowance import Allowance
from lab.gateways.reference.front.http2.gate import ConnectionBroken, Gate
from lab.gateways.reference.front.http2.machine import Machine, Pairs, pairs_of
from lab.gateways.reference.front.http2.outbox import WORTH_A_FRAME, Outbox
from lab.gateways.reference.front.http2.request import malformed, request_of, trailers_of
from lab.gateways.reference.front.http2.stream import Stream
from lab.gateways.reference.front.refusal import CONTENT_TOO_LARGE, INCOMPLETE, TOO_MANY_CLIENTS, Refusal
from lab.gateways.reference.front.request import Request
from lab.gateways.reference.front.scope import scope_of
from lab.gateways.reference.front.settings import FrontSettings
from lab.gateways.reference.front.wire import Wire
from lab.h1 import Field, Fields
from lab.h2.codes import MOST_STREAMS, ErrorCode
from lab.h2.kinds import Kind
from lab.serving.connection import Connection, HalfClosed

# A field section is read, though it be refused, up to so many times its limit: what is not read is lost to the
# compression of all that follow, and so ends the connection.
_READ_ANYHOW = 4

_STOPPING = "the server is stopping"
_ALL_CAME = b"all came"  # when a client acknowledges this PING, it has seen the GOAWAY before it


class ClientConnection:
    """The protocol that the front puts in the place of Hypercorn's where a client speaks HTTP/2.

    Nothing in here waits: what a stream cannot take or send waits in the stream, so none holds up another.
    """

    def __init__(self, settings: FrontSettings, crowd: Crowd, connection: Connection) -> None:
        limits, floods, clock = settings.limits, settings.floods, asyncio.get_running_loop().time
        most = _READ_ANYHOW * limits.section
        self.machine = Machine(settings.streams, limits.section, most)
        self._settings = settings
        self._crowd = crowd
        self._connection = connection
        self._wire = Wire(connection, settings, self.lost)
        self._frames = Allowance(floods.frames, floods.frames_per_second, clock)
        self._resets = Allowance(floods.resets, floods.resets_per_second, clock)
        self._gate = Gate(most, self._frames)
        self.outbox = Outbox(self.machine, self._wire, self._frames, connection.task_group.spawn)
        self._streams: dict[int, Stream] = {}
        self._running = 0  # requests that are being worked on, also for streams that are gone
        self._unfinished = Deadline()  # for what the client has begun to send
        self._finished = 0  # how much it had finished when that was looked at last
        self._crowded = False
        self._last: int | None = None  # the last stream that is served, once the connection is to end

    # From the server

    async def initiate(self) -> None:
        self._crowded = not self._crowd.enter(self)
        self.outbox.flush()
        self._look_after()

    async def handle(self, event: FromServer) -> None:
        if self._wire.closing:
            return  # read, so that the close does not become a reset, and thrown away
        if isinstance(event, RawData):
            try:
                for frames in self._gate.feed(event.data):
                    for read in self.machine.events_of(frames):
                        self._act(read)
                self._gate.unended.clear()
            except ConnectionBroken as broken:
                self._end(broken.code, broken.why)
                return
            if self._wire.unsent > self._settings.floods.unread:
                self._wire.reset()
                self.lost()
                return
            self._look_after()
            self.outbox.soon()
        elif isinstance(event, HalfClosed):
            for stream in [*self._streams.values()]:
                if not stream.complete:
                    stream.refuse(INCOMPLETE)
            self.outbox.flush()

    def lost(self) -> None:
        self._crowd.leave(self)
        self._wire.lost()
        self._unfinished.stop()
        for stream in [*self._streams.values()]:
            stream.give_up(None)

    def retire(self) -> None:
        """What is on its way is still served: no last stream is named before the client answers (RFC 9113, 6.8)."""
        if self._last is None and not self._wire.closing:
            self._wire.write(self.machine.last_words(ErrorCode.NO_ERROR, _STOPPING, MOST_STREAMS))
            self.machine.ping(_ALL_CAME)
            self.outbox.flush()
            asyncio.get_running_loop().call_later(self._settings.linger, self._go_away, _STOPPING)

    def abandon(self) -> None:
        """Nothing to do: only END_STREAM completes a response (RFC 9113, 8.1)."""

    # From the streams

    def reset(self, number: int, code: ErrorCode) -> None:
        if not (self.machine.is_closed(number) or self._wire.closing):
            self.machine.reset_stream(number, code)
            self.outbox.soon()

    def forget(self, stream: Stream) -> None:
        if self._streams.pop(stream.number, None) is not None and not self._streams:
            asyncio.get_running_loop().call_soon(self._look_after)

    # Reading

    def _act(self, event: Event) -> None:
        match event:
            case RequestReceived():
                self._begin(event.stream_id or 0, pairs_of(event), event.stream_ended is not None)
            case DataReceived():
                self._content(event)
            case TrailersReceived():
                self._trailers(event.stream_id or 0, pairs_of(event))
            case StreamEnded():
                self._complete(event.stream_id or 0)
            case StreamReset():
                self._given_up(event)
            case PingAckReceived(ping_data=data) if data == _ALL_CAME:
                self._go_away(_STOPPING)
            case WindowUpdated():
                self.outbox.opened(event.stream_id or 0)
            case RemoteSettingsChanged():
                self.outbox.opened(0)

    def _begin(self, number: int, pairs: Pairs, ended: bool) -> None:
        if self._last is not None and number > self._last:
            self.reset(number, ErrorCode.REFUSED_STREAM)
            return
        if len(self._streams) >= self._settings.streams or self._running >= 2 * self._settings.streams:
            self._spend_reset()
            self.reset(number, ErrorCode.REFUSED_STREAM)
            return
        connection = self._connection
        try:
            if self._crowded:
                raise TOO_MANY_CLIENTS
            request = request_of(pairs, ended=ended, secure=connection.secure, limits=self._settings.limits)
            if self._too_large(request.length or 0):
                raise CONTENT_TOO_LARGE
        except Refusal as refusal:
            self._refuse(Stream(self, number, _glimpse(pairs), self._settings), refusal, ended)
            return
        stream = self._streams[number] = Stream(self, number, request, self._settings)
        front = Front(stream.exchange, connection.secure, connection.client)
        self._running += 1
        connection.task_group.spawn(self._run, stream, scope_of(request, front, connection))

    async def _run(self, stream: Stream, scope: dict[str, object]) -> None:
        try:
            await stream.exchange.run(self._connection.app, scope)
        finally:
            self._running -= 1

    def _refuse(self, stream: Stream, refusal: Refusal, ended: bool) -> None:
        """Answer a request that no application may see."""
        if not ended or self._crowded:
            self._spend_reset()
        self._streams[stream.number] = stream
        stream.complete = ended
        stream.refuse(refusal)
        if self._crowded:
            self._go_away(refusal.why)

    def _content(self, event: DataReceived) -> None:
        number, data, size = event.stream_id or 0, event.data or b"", event.flow_controlled_length or 0
        self.machine.give_back(size)
        stream = self._streams.get(number)
        if stream is None or stream.exchange.done.is_set():
            return
        exchange = stream.exchange
        length, came = exchange.request.length, exchange.came + len(data)
        if length is not None and (came > length or (event.stream_ended is not None and came < length)):
            self._break(stream, malformed(Kind.CONTENT_LENGTH_MISMATCH, f"{came} octets came, {length} announced"))
        elif self._too_large(came):
            self._break(stream, CONTENT_TOO_LARGE)
        else:
            exchange.add(data)
            if size > len(data):
                stream.taken(size - len(data))  # padding is nobody's to take
            if len(data) >= WORTH_A_FRAME:
                self._frames.earn()

    def _trailers(self, number: int, pairs: Pairs) -> None:
        stream = self._streams.get(number)
        if stream is None or stream.exchange.done.is_set():
            return
        exchange = stream.exchange
        try:
            if number in self._gate.unended:
                raise malformed(Kind.TRAILERS_WITHOUT_END)
            if exchange.request.length not in (None, exchange.came):
                raise malformed(Kind.CONTENT_LENGTH_MISMATCH, f"{exchange.came} octets came")
            exchange.trailers = trailers_of(pairs, self._settings.limits)
        except Refusal as refusal:
            self._break(stream, refusal)

    def _complete(self, number: int) -> None:
        if (stream := self._streams.get(number)) is not None:
            stream.completed()

    def _break(self, stream: Stream, refusal: Refusal) -> None:
        """A request breaks after it has begun."""
        self._spend_reset()
        stream.refuse(refusal)

    def _given_up(self, event: StreamReset) -> None:
        if (stream := self._streams.get(event.stream_id)) is not None:
            if not stream.exchange.done.is_set():
                self._spend_reset()
            stream.give_up(None)

    def _too_large(self, size: int) -> bool:
        return self._settings.limits.content is not None and size > self._settings.limits.content

    def _spend_reset(self) -> None:
        if not self._resets.spend():
            raise ConnectionBroken(ErrorCode.ENHANCE_YOUR_CALM, "too many streams that came to nothing")

    # The connection as a whole

    def _look_after(self) -> None:
        """Set the time-outs by what is awaited, and close a connection that has been told to end."""
        if self._wire.closing:
            return
        if not self._gate.waiting:
            self._unfinished.clear()
        elif self._finished != self._gate.finished or not self._unfinished.running:
            self._unfinished.set(self._settings.header_timeout, self._too_late)
        self._finished = self._gate.finished
        if (number := self._gate.data_on) in self._streams:
            self._streams[number].touched()
        if self._streams:
            self._wire.deadline.clear()
        elif self._last is not None:
            self._close()
        elif not self._wire.deadline.running:
            self._wire.deadline.set(self._settings.idle_timeout, lambda: self._go_away("nothing was asked for"))

    def _too_late(self) -> None:
        self._end(ErrorCode.ENHANCE_YOUR_CALM, "what was begun was not completed in time")

    def _go_away(self, why: str) -> None:
        """Serve what has come, and nothing more (RFC 9113, 6.8)."""
        if self._last is None and not self._wire.closing:
            self._last = self.machine.highest_inbound_stream_id
            self.outbox.flush()
            self._wire.write(self.machine.last_words(ErrorCode.NO_ERROR, why, self._last))
            self._look_after()

    def _end(self, code: ErrorCode, why: str) -> None:
        """A connection error: say so, and close so that it is heard."""
        if self._wire.closing:
            return
        last = self.machine.highest_inbound_stream_id if self._last is None else self._last
        self._wire.write(self.machine.last_words(code, why, last))
        self._close(owed=True)
        for stream in [*self._streams.values()]:
            stream.give_up(None)

    def _close(self, *, owed: bool = False) -> None:
        self._unfinished.stop()
        self.outbox.flush()
        self._wire.close(owed=owed)


def _glimpse(pairs: Pairs) -> Request:
    """As much of a request that was refused as its answer depends on."""
    method = next((value for name, value in pairs if name == b":method"), b"GET")
    accept = Fields(Field(name, value) for name, value in pairs if name == b"accept")
    return Request(method, b"", b"", b"", "2", b"2", accept, 0)
