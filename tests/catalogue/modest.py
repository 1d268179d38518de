"""A gateway that conforms, and does no more than it has to.

It takes a whole request, asks on a new connection, takes the whole answer, passes it on and closes. Interim responses,
trailers and offers to switch protocols end at it, field names come out in small letters, and each answer gets a cookie
of its own. h11 reads and writes for it, so that it shares no reading of HTTP with the lab.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import h11

from lab.gateways import Destination, Setup
from lab.transcript import Player
from tests.performance.accepting import Accepting

TIME_OUT = 0.25
"""Seconds to wait for the upstream."""

PIECE = 65_536
LARGEST = 300_000
Fields = list[tuple[bytes, bytes]]
ONE_CONNECTION = set(b"connection keep-alive proxy-connection te trailer transfer-encoding upgrade".split())


@dataclass(frozen=True)
class Modest:
    """`refuses_expectations`: it answers Expect with 417, and does not say 100 by itself. `retries`: it asks once more
    with GET. `old`: it asks in HTTP/1.0."""

    refuses_expectations: bool = False
    retries: bool = False
    old: bool = False
    player: Player = field(default_factory=lambda: Player("modest"))
    offers: frozenset[str] = frozenset({"interim", "streams-upload", "cache", "clock"})  # nobody has to store anything
    deadline: float = 1.5

    async def start(self, setup: Setup) -> "RunningModest":
        running = RunningModest(self, setup)
        await running.start()
        return running


class RunningModest(Accepting):
    def __init__(self, habits: Modest, setup: Setup) -> None:
        super().__init__()
        self.habits = habits
        self.destination = setup.destinations[0]
        self.connects = 0

    def attempts(self, destination: Destination) -> int | None:
        return self.connects

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, and its answer."""
        server = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST)
        try:
            with suppress(OSError, h11.ProtocolError):
                if (asked := await self.taken(server, reader, writer)) is not None:
                    request, content = asked
                    writer.write(written(server, request, *await self.answered(request, content)))
                    await writer.drain()
        finally:
            writer.close()

    async def taken(
        self, server: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[h11.Request, bytes] | None:
        request, content = None, b""
        while True:
            event = server.next_event()
            if event is h11.NEED_DATA:
                if server.they_are_waiting_for_100_continue and not self.habits.refuses_expectations:
                    writer.write(server.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
                server.receive_data(await reader.read(PIECE))
            elif isinstance(event, h11.Request):
                request = event
                if self.expects(request):
                    return request, b""
            elif isinstance(event, h11.Data):
                content += bytes(event.data)
            else:
                return (request, content) if request is not None else None

    def expects(self, request: h11.Request) -> bool:
        return self.habits.refuses_expectations and b"expect" in dict(request.headers)

    async def answered(self, request: h11.Request, content: bytes) -> tuple[int, Fields, bytes]:
        """Status, field lines and content: the upstream's, or its own."""
        if self.expects(request):
            return 417, [], b"no expectations here"
        status = 502
        for _ in range(2 if self.habits.retries and request.method == b"GET" else 1):
            try:
                return await asyncio.wait_for(self.ask(request, content), TIME_OUT)
            except TimeoutError:
                return 504, [], b"the upstream is silent"
            except (OSError, h11.ProtocolError):
                status = 502
        return status, [], b"the upstream makes no sense"

    async def ask(self, request: h11.Request, content: bytes) -> tuple[int, Fields, bytes]:
        self.connects += 1
        reader, writer = await asyncio.open_connection(*self.destination.address)
        try:
            client = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST)
            fields = [each for each in end_to_end(request.headers) if each[0] not in (b"expect", b"content-length")]
            fields += [(b"content-length", b"%d" % len(content))] if content else []
            head = client.send(
                h11.Request(method=request.method, target=request.target, headers=[*fields, (b"connection", b"close")])
            )
            assert head is not None
            writer.write(head.replace(b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", 1) if self.habits.old else head)
            writer.write((client.send(h11.Data(data=content)) if content else b"") or b"")
            client.send(h11.EndOfMessage())
            return await whole_answer(client, reader)
        finally:
            writer.close()


async def whole_answer(client: h11.Connection, reader: asyncio.StreamReader) -> tuple[int, Fields, bytes]:
    """The final response, when all of it has come. Raises h11.RemoteProtocolError where it does not make one."""
    final, content = None, b""
    while True:
        event = client.next_event()
        if event is h11.NEED_DATA:
            client.receive_data(await reader.read(PIECE))
        elif isinstance(event, h11.Response):
            final = event
            if not event.http_version.startswith(b"1."):
                raise h11.RemoteProtocolError("another version")
        elif isinstance(event, h11.Data):
            content += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage) and final is not None:
            return final.status_code, end_to_end(final.headers, keep=final.status_code == 426), content
        elif not isinstance(event, h11.InformationalResponse):
            raise h11.RemoteProtocolError("no answer")


def end_to_end(fields: Iterable[tuple[bytes, bytes]], *, keep: bool = False) -> Fields:
    """Without what is for one connection only. `keep`: Upgrade stays, which a 426 cannot do without."""
    given = list(fields)
    named = {option.strip().lower() for name, value in given if name == b"connection" for option in value.split(b",")}
    left_out = (ONE_CONNECTION | named) - ({b"upgrade"} if keep else set())
    return [(name, value) for name, value in given if name not in left_out]


def written(server: h11.Connection, request: h11.Request, status: int, fields: Fields, content: bytes) -> bytes:
    """The answer in bytes."""
    bare = status in (204, 304) or request.method == b"HEAD"
    if status == 204 or not bare:
        fields = [(name, value) for name, value in fields if name != b"content-length"]
    if not bare:
        fields += [(b"content-length", b"%d" % len(content))]
    options = b"close, upgrade" if b"upgrade" in dict(fields) else b"close"
    fields = [*fields, (b"connection", options), (b"set-cookie", b"sticky=1")]
    events: list[h11.Event] = [h11.Response(status_code=status, headers=fields)]
    if content and not bare:
        events.append(h11.Data(data=content))
    return b"".join(server.send(event) or b"" for event in (*events, h11.EndOfMessage()))
