"""One client connection on Hypercorn 0.18's TCPServer, and the protocol that reads and answers its bytes.

Hypercorn's internals stop at this module and `server`; each trap of theirs has a test of its own in tests/serving.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Protocol, cast

from hypercorn.asyncio.task_group import TaskGroup
from hypercorn.asyncio.tcp_server import MAX_RECV, TCPServer
from hypercorn.config import Config
from hypercorn.events import Closed, Event, RawData, Updated
from hypercorn.protocol import ProtocolWrapper
from hypercorn.typing import (
    AppWrapper,
    ASGIReceiveEvent,
    ASGISendEvent,
    ConnectionState,
    LifespanState,
    Scope,
    WorkerContext,
)
from hypercorn.utils import parse_socket_addr

from lab.serving.sockets import end_with_reset, show_progress


class HalfClosed(Event):
    """The client has sent FIN (or a closure alert). It may still read."""


class ConnectionProtocol(Protocol):
    """What reads and answers the bytes of one client connection."""

    async def initiate(self) -> None:
        """The connection is there; with TLS, its handshake is done."""

    async def handle(self, event: Event) -> None:
        """RawData as it comes, then HalfClosed where the client ended its side, then Closed."""

    def lost(self) -> None:
        """The connection is gone in both directions. Called at once, even while `handle` waits; may be called again."""

    def retire(self) -> None:
        """The server is stopping: finish what is in progress and close."""

    def abandon(self) -> None:
        """The server waits no longer, and closes the connection: what is incomplete must not look complete."""


class Streams(asyncio.StreamReaderProtocol):
    """asyncio's end of one accepted connection: says when it is there, and tells its protocol when it is lost."""

    def __init__(self, *, secure: bool, accepted: "Callable[[Streams, asyncio.Transport], None]") -> None:
        self.reader = asyncio.StreamReader(limit=MAX_RECV)
        super().__init__(self.reader)
        self.secure = secure
        self.connection: Connection | None = None
        self._accepted = accepted

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        raw = cast(asyncio.Transport, transport)
        if self.secure:
            raw.pause_reading()  # what comes next belongs to the handshake
        self._accepted(self, raw)

    def attach(self, transport: asyncio.Transport) -> asyncio.StreamWriter:
        """Begin to speak over this transport: the accepted one, or TLS on top of it."""
        super().connection_made(transport)
        return asyncio.StreamWriter(transport, self, self.reader, asyncio.get_running_loop())

    def eof_received(self) -> bool:
        self.reader.feed_eof()
        return not self.secure  # asyncio's TLS cannot stay half-open

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.connection is not None:
            self.connection.protocol.lost()


class Tasks(TaskGroup):
    """Hypercorn's, but telling an application that all is over never waits for it to read what came before.

    Hypercorn tells it within its last `send`: an application that did not read a long request would wait for itself.
    """

    async def spawn_app(
        self,
        app: AppWrapper,
        config: Config,
        scope: Scope,
        send: Callable[[ASGISendEvent | None], Awaitable[None]],
    ) -> Callable[[ASGIReceiveEvent], Awaitable[None]]:
        put = await super().spawn_app(app, config, scope, send)
        queue: asyncio.Queue[ASGIReceiveEvent] = put.__self__  # type: ignore[attr-defined]
        over = False

        async def put_unless_over(event: ASGIReceiveEvent) -> None:
            nonlocal over
            if event["type"] == "http.disconnect" and not over:
                over = True
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(event)
            elif not over:
                await put(event)

        return put_unless_over


class Connection(TCPServer):
    """Hypercorn's connection, with a chosen protocol; it tells FIN from loss and lets go of a client that left."""

    protocol: ConnectionProtocol  # type: ignore[assignment]  # Hypercorn's own is made in a `run` that is not used here

    def __init__(
        self,
        app: AppWrapper,
        config: Config,
        context: WorkerContext,
        state: LifespanState,
        streams: Streams,
        accepted: asyncio.Transport,
        transport: asyncio.Transport,
        make_protocol: "ProtocolFactory",
    ) -> None:
        loop, writer = asyncio.get_running_loop(), streams.attach(transport)
        super().__init__(app, loop, config, context, state, streams.reader, writer)  # type: ignore[arg-type]
        self.task_group = self._task_group = Tasks(loop)
        self.secure = streams.secure
        self.alpn: str | None = None
        if self.secure:
            self.alpn = transport.get_extra_info("ssl_object").selected_alpn_protocol()
        self._socket = accepted.get_extra_info("socket")
        show_progress(self._socket)
        self.client = parse_socket_addr(self._socket.family, accepted.get_extra_info("peername"))
        self.local = parse_socket_addr(self._socket.family, accepted.get_extra_info("sockname"))
        self.protocol = make_protocol(self)
        streams.connection = self

    async def run(self) -> None:
        try:
            async with self.task_group:
                await self.protocol.initiate()
                await self._read_data()
                await self.idle_task.stop()  # or a client that has gone keeps its socket until the idle time-out
        except* OSError:
            pass
        finally:
            await self._close()
            self.protocol.lost()  # once more for a connection that was lost before it had a protocol

    async def _read_data(self) -> None:
        while data := await self._read():
            await self.protocol.handle(RawData(data))
        if self.reader.exception() is None:
            await self.protocol.handle(HalfClosed())
        await self.protocol.handle(Closed())

    async def _read(self) -> bytes:
        try:
            return await self.reader.read(MAX_RECV)
        except OSError:  # a reset; with TLS also a broken record
            return b""

    async def _close(self) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            self.writer.close()
            await self.writer.wait_closed()
        await self.idle_task.stop()

    def reset(self) -> None:
        """End the connection with RST and, under TLS, without a closure alert. What is not sent yet is lost."""
        end_with_reset(self._socket)
        self.writer.transport.abort()


ProtocolFactory = Callable[[Connection], ConnectionProtocol]


class Hypercorns(ProtocolWrapper):
    """Hypercorn's own protocols, HTTP/1.1 or HTTP/2 by ALPN: good enough where only well-behaved clients ask."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            connection.app,
            connection.config,
            connection.context,
            connection.task_group,
            ConnectionState(connection.state),
            connection.secure,
            connection.client,
            connection.local,
            connection.protocol_send,
            connection.alpn,
        )

    async def initiate(self) -> None:
        await super().initiate()
        await self.send(Updated(idle=True))

    async def handle(self, event: Event) -> None:
        if not isinstance(event, HalfClosed):  # to Hypercorn, a client that half-closes has gone: Closed follows
            await super().handle(event)

    def lost(self) -> None:
        """Nothing to do: reading ends, and that says it."""

    def retire(self) -> None:
        """Nothing to do: Hypercorn watches the context's `terminated`."""

    def abandon(self) -> None:
        """Nothing to do: Hypercorn has no word for it."""
