"""A client of HTTP/2 with prior knowledge, for these tests: the h2 library over a raw connection."""

import contextlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events

from tests.reference.parties import Client, Gateway, connected

Lines = Iterable[tuple[str, str]]


@dataclass
class Answer:
    """What came on one stream so far. `reset`: the error code of RST_STREAM."""

    interim: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    status: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    trailers: list[tuple[str, str]] = field(default_factory=list)
    complete: bool = False
    reset: int | None = None

    @property
    def over(self) -> bool:
        return self.complete or self.reset is not None


class Http2Client:
    """One connection, any number of streams."""

    def __init__(self, client: Client) -> None:
        self._client = client
        config = h2.config.H2Configuration(client_side=True)
        self.machine = h2.connection.H2Connection(config)
        self.machine.initiate_connection()
        self._answers: dict[int, Answer] = {}

    async def begin(self, method: str = "GET", *lines: tuple[str, str], more: bool = False) -> int:
        """Send the header section of a request. Gives its stream."""
        stream = self.machine.get_next_available_stream_id()
        head = [(":method", method), (":scheme", "http"), (":authority", "a.example"), (":path", "/"), *lines]
        self.machine.send_headers(stream, head, end_stream=not more)
        self._answers[stream] = Answer()
        await self.flush()
        return stream

    async def content(self, stream: int, data: bytes, trailers: Lines | None = None) -> None:
        """Send all the content, and what follows it."""
        self.machine.send_data(stream, data, end_stream=trailers is None)
        if trailers is not None:
            self.machine.send_headers(stream, list(trailers), end_stream=True)
        await self.flush()

    async def reset(self, stream: int) -> None:
        self.machine.reset_stream(stream)
        await self.flush()

    def so_far(self, stream: int) -> Answer:
        """What has come of the answer."""
        return self._answers[stream]

    async def answer(self, stream: int) -> Answer:
        """The whole answer, or as much as comes."""
        while not self._answers[stream].over:
            await self.more()
        return self._answers[stream]

    async def interim(self, stream: int) -> tuple[int, dict[str, str]]:
        """The first interim response."""
        while not self._answers[stream].interim:
            await self.more()
        return self._answers[stream].interim[0]

    async def ask(self, *lines: tuple[str, str], method: str = "GET") -> Answer:
        return await self.answer(await self.begin(method, *lines))

    async def flush(self) -> None:
        await self._client.send(self.machine.data_to_send())

    async def more(self) -> None:
        data = await self._client.receive()
        assert data, f"the connection ended: {self._client.ending}"
        for event in self.machine.receive_data(data):
            self._take(event)
        await self.flush()

    def _take(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.InformationalResponseReceived():
                fields = dict(_text(event.headers))
                self._answers[event.stream_id].interim.append((int(fields.pop(":status")), fields))
            case h2.events.ResponseReceived():
                answer = self._answers[event.stream_id]
                answer.fields = dict(_text(event.headers))
                answer.status = int(answer.fields.pop(":status"))
            case h2.events.DataReceived():
                self._answers[event.stream_id].content += event.data
                self.machine.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            case h2.events.TrailersReceived():
                self._answers[event.stream_id].trailers = _text(event.headers)
            case h2.events.StreamEnded():
                self._answers[event.stream_id].complete = True
            case h2.events.StreamReset():
                self._answers[event.stream_id].reset = int(event.error_code)


def _text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in headers]


@contextlib.asynccontextmanager
async def over_http2(to: Gateway) -> AsyncIterator[Http2Client]:
    async with connected(to) as client:
        yield Http2Client(client)
