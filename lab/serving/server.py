"""An application on Hypercorn 0.18, started and stopped within a running loop.

Hypercorn's own `serve()` cannot be stopped quickly: a request in flight costs its whole grace time (and hangs it from
Python 3.12 on), an idle TLS client 30 seconds. So this server keeps hold of every connection and its task, and a stop
aborts them.
"""

import asyncio
import contextlib
import logging
import socket
import ssl as tls
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.asyncio.lifespan import Lifespan
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.typing import ASGISendEvent
from hypercorn.utils import LifespanFailureError, LifespanTimeoutError

from lab.serving.addresses import host_and_port
from lab.serving.connection import Connection, Hypercorns, ProtocolFactory, Streams
from lab.serving.signals import stop_signals
from lab.serving.sockets import BACKLOG

Application = Callable[..., Any]

log = logging.getLogger("lab.serving")

# A task that does not end when it is cancelled is named in the log and left, rather than waited for.
_PATIENCE = 1.0


def settings() -> Config:
    """Hypercorn's settings as the lab wants them: no `date` and `server` of its own, errors into our log."""
    config = Config()
    config.include_date_header = False
    config.include_server_header = False
    config.errorlog = log
    config.keep_alive_max_requests = sys.maxsize
    config.ssl_handshake_timeout = 10.0
    config.startup_timeout = 10.0
    config.shutdown_timeout = _PATIENCE
    return config


class _Lifespan(Lifespan):
    """Hypercorn's, which waits in the same way for a start-up that completes and for one that fails."""

    failure: str | None = None

    async def asgi_send(self, message: ASGISendEvent) -> None:
        if message["type"] == "lifespan.startup.failed":
            self.failure = message.get("message", "")
        await super().asgi_send(message)

    async def wait_for_startup(self) -> None:
        """Where this is cancelled at the moment of the start, `asyncio.wait_for` of Python 3.11 lets it go on."""
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        await super().wait_for_startup()
        if task and task.cancelling() > before:
            raise asyncio.CancelledError


class Server:
    """An application that is served on one listening socket, from `start()` to `stop()`."""

    def __init__(
        self,
        app: Application,
        sock: socket.socket,
        *,
        ssl: tls.SSLContext | None = None,
        protocol: ProtocolFactory = Hypercorns,
        config: Config | None = None,
    ) -> None:
        self.ssl = ssl
        host, port = sock.getsockname()[:2]
        self.address: tuple[str, int] = (host, port)
        self._app = ASGIWrapper(app)
        self._socket = sock
        self._make_protocol = protocol
        self._config = config if config is not None else settings()
        self._context = WorkerContext(None)
        self._state: dict[str, Any] = {}
        self._open: dict[asyncio.Task[None], asyncio.Transport] = {}
        self._connections: set[Connection] = set()
        self._shaking_hands: set[asyncio.Transport] = set()

    @property
    def url(self) -> str:
        """The URL of the server's root, without a slash at its end."""
        return f"{'https' if self.ssl else 'http'}://{host_and_port(self.address)}"

    async def start(self) -> None:
        """Run the start-up, then accept. Raises LifespanFailureError where it fails, and closes the socket."""
        loop = asyncio.get_running_loop()
        self._lifespan = _Lifespan(self._app, self._config, loop, self._state)
        self._lifespan_task = loop.create_task(self._lifespan.handle_lifespan(), name="lifespan")
        try:
            await self._lifespan.wait_for_startup()
            if self._lifespan.failure is not None:
                raise LifespanFailureError("startup", self._lifespan.failure)
            self._listener = await loop.create_server(
                lambda: Streams(secure=self.ssl is not None, accepted=self._accepted),
                sock=self._socket,
                backlog=BACKLOG,
            )
        except BaseException:
            self._socket.close()
            await _end({self._lifespan_task})
            raise
        self._lifespan_task.add_done_callback(_report)

    async def stop(self, grace: float = 0.0) -> None:
        """Accept no more, give requests in progress `grace` seconds, abort what is left, run the shutdown."""
        self._listener.close()  # never `wait_closed()`: from 3.12 on it waits for every client
        await self._context.terminated.set()
        if grace and self._open:
            for connection in self._connections:
                connection.protocol.retire()
            for transport in self._shaking_hands:  # nothing is in progress there
                transport.abort()
            await asyncio.wait(self._open, timeout=grace)
        for connection in self._connections:
            connection.protocol.abandon()
        for transport in self._open.values():
            transport.abort()
        await _end(set(self._open))
        with contextlib.suppress(LifespanTimeoutError):
            await self._lifespan.wait_for_shutdown()
        await _end({self._lifespan_task})

    def _accepted(self, streams: Streams, transport: asyncio.Transport) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(streams, transport), name="client connection")
        self._open[task] = transport
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        del self._open[task]
        _report(task)

    async def _serve(self, streams: Streams, accepted: asyncio.Transport) -> None:
        transport = accepted if self.ssl is None else await self._secure(streams, accepted)
        if transport is None:
            return
        connection = Connection(
            self._app, self._config, self._context, self._state, streams, accepted, transport, self._make_protocol
        )
        self._connections.add(connection)
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)

    async def _secure(self, streams: Streams, transport: asyncio.Transport) -> asyncio.Transport | None:
        """TLS on top of the transport, or None where the client failed the handshake or left during it."""
        assert self.ssl is not None
        self._shaking_hands.add(transport)
        try:
            return await asyncio.get_running_loop().start_tls(
                transport,
                streams,
                self.ssl,
                server_side=True,
                ssl_handshake_timeout=self._config.ssl_handshake_timeout,
                ssl_shutdown_timeout=0.5,  # asyncio's default of 30 s is what an idle client would cost
            )
        except OSError:  # an SSLError is one
            return None
        finally:
            self._shaking_hands.discard(transport)


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s failed", task.get_name(), exc_info=error)


async def _end(tasks: "set[asyncio.Task[None]]") -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        ended, stubborn = await asyncio.wait(tasks, timeout=_PATIENCE)
        for task in ended:
            _ = task.cancelled() or task.exception()  # has been reported, or is why all this ends
        for task in stubborn:
            log.error("%r does not end when it is cancelled", task)


@contextlib.asynccontextmanager
async def serving(
    app: Application,
    sock: socket.socket,
    *,
    ssl: tls.SSLContext | None = None,
    protocol: ProtocolFactory = Hypercorns,
    config: Config | None = None,
) -> AsyncIterator[Server]:
    """Serve `app` on a listening socket (see `lab.serving.sockets.listening_socket`) within the block."""
    server = Server(app, sock, ssl=ssl, protocol=protocol, config=config)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def serve_until_signalled(server: Server, name: str, *, grace: float = 3.0) -> None:
    """Serve until SIGINT or SIGTERM, saying on stderr where; then give what is in progress `grace` seconds."""
    with stop_signals() as stop:
        await server.start()
        print(f"{name} listens on {server.url}", file=sys.stderr, flush=True)
        await stop.wait()
        await server.stop(grace)
