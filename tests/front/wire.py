"""A client that sends any octets and tells the endings apart, and the applications it asks."""

import asyncio
import contextlib
import json
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from lab.gateways.reference.front import EXTENSION, Front, FrontSettings, front
from lab.serving.server import Server, serving
from lab.serving.sockets import end_with_reset, listening_socket

Application = Callable[[Any, Any, Any], Awaitable[None]]

DEADLINE = 5.0


class Client:
    """One connection. `ending` is None, "FIN", "RST", "closure alert", or "FIN without closure alert"."""

    def __init__(self, sock: socket.socket, tls: ssl.SSLContext | None) -> None:
        self.sock = sock
        self.ending: str | None = None
        self._loop = asyncio.get_running_loop()
        self._data = b""
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = tls.wrap_bio(self._in, self._out, server_hostname="localhost") if tls else None

    @property
    def alpn(self) -> str | None:
        return self._tls.selected_alpn_protocol() if self._tls else None

    async def handshake(self) -> None:
        while self._tls is not None:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._flush()
                self._in.write(await self._loop.sock_recv(self.sock, 65536))
            else:
                await self._flush()
                return

    async def send(self, data: bytes) -> None:
        if self._tls is None:
            await self._loop.sock_sendall(self.sock, data)
            return
        while data:
            data = data[self._tls.write(data) :]
        await self._flush()

    async def until(self, marker: bytes) -> bytes:
        """What comes, as far as the marker."""
        async with asyncio.timeout(DEADLINE):
            while marker not in self._data and self.ending is None:
                await self._receive()
        end = self._data.find(marker)
        assert end >= 0, (self._data, self.ending)
        end += len(marker)
        taken, self._data = self._data[:end], self._data[end:]
        return taken

    async def some(self) -> bytes:
        """What comes next; empty at the end."""
        async with asyncio.timeout(DEADLINE):
            while not self._data and self.ending is None:
                await self._receive()
        taken, self._data = self._data, b""
        return taken

    async def rest(self) -> bytes:
        """What comes until the connection ends."""
        async with asyncio.timeout(DEADLINE):
            while self.ending is None:
                await self._receive()
        taken, self._data = self._data, b""
        return taken

    async def silent(self) -> bool:
        """Whether nothing at all comes while the server has every chance to send something."""
        for _ in range(20):
            await asyncio.sleep(0)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await self._receive()
        return not self._data and self.ending is None

    def half_close(self) -> None:
        self.sock.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        end_with_reset(self.sock)
        self.sock.close()

    async def close_tls(self) -> None:
        """Send the closure alert."""
        assert self._tls is not None
        with contextlib.suppress(ssl.SSLWantReadError):
            self._tls.unwrap()
        await self._flush()

    async def _receive(self) -> None:
        try:
            data = await self._loop.sock_recv(self.sock, 65536)
        except ConnectionResetError:
            self.ending = "RST"
            return
        if self._tls is None:
            self._data += data
            self.ending = None if data else "FIN"
            return
        self._in.write(data)
        try:
            while piece := self._tls.read(65536):
                self._data += piece
            self.ending = "closure alert"
        except ssl.SSLZeroReturnError:
            self.ending = "closure alert"
        except ssl.SSLWantReadError:
            self.ending = None if data else "FIN without closure alert"

    async def _flush(self) -> None:
        await self._loop.sock_sendall(self.sock, self._out.read())


@contextlib.asynccontextmanager
async def connected(server: Server, tls: ssl.SSLContext | None = None, buffer: int = 0) -> AsyncIterator[Client]:
    with socket.socket() as sock:
        sock.setblocking(False)
        if buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        await asyncio.get_running_loop().sock_connect(sock, server.address)
        client = Client(sock, tls)
        await client.handshake()
        yield client


@contextlib.asynccontextmanager
async def fronting(
    app: Application, settings: FrontSettings = FrontSettings(), tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    async with serving(app, listening_socket(), ssl=tls, protocol=front(settings)) as server:
        yield server


async def ask(server: Server, data: bytes, tls: ssl.SSLContext | None = None) -> bytes:
    """Everything that comes for these octets until the server closes."""
    async with connected(server, tls) as client:
        await client.send(data)
        return await client.rest()


def front_of(scope: Any) -> Front:
    found = scope["extensions"][EXTENSION]
    assert isinstance(found, Front)
    return found


async def whole_content(receive: Any) -> bytes:
    content, more = b"", True
    while more:
        message = await receive()
        assert message["type"] == "http.request"
        content += message["body"]
        more = message["more_body"]
    return content


async def for_ever(send: Any) -> None:
    """Send content until the client has gone."""
    while True:
        await send({"type": "http.response.body", "body": bytes(65_536), "more_body": True})


def http_only(app: Application) -> Application:
    """An application without lifespan."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)

    return application


def answering(status: int, *fields: tuple[bytes, bytes], content: bytes = b"") -> Application:
    """An application that always gives this answer."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": content})

    return http_only(application)


@http_only
async def describing(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers with what it was asked, as JSON."""
    seen = front_of(scope)
    description = {
        "method": seen.method.decode(),
        "target": seen.target.decode(),
        "origin_form": seen.origin_form.decode(),
        "authority": seen.authority.decode(),
        "version": seen.version,
        "fields": [[name.decode(), value.decode("latin-1")] for name, value in seen.fields],
        "received_version": seen.received_version.decode(),
        "length": seen.length,
        "expects_continue": seen.expects_continue,
        "upgrade": [protocol.decode() for protocol in seen.upgrade],
        "takes_trailers": seen.takes_trailers,
        "secure": seen.secure,
        "client": seen.client,
        "content": (await whole_content(receive)).decode(),
        "trailers": [[name.decode(), value.decode()] for name, value in seen.trailers],
        "scope": {
            "method": scope["method"],
            "path": scope["path"],
            "raw_path": scope["raw_path"].decode(),
            "query_string": scope["query_string"].decode(),
            "scheme": scope["scheme"],
            "http_version": scope["http_version"],
            "headers": [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]],
        },
    }
    content = json.dumps(description).encode()
    fields = [(b"Content-Length", b"%d" % len(content)), (b"Connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": fields})
    await send({"type": "http.response.body", "body": content})


async def described(data: bytes, **options: Any) -> Any:
    """What the application saw of the request in these octets."""
    client_tls = options.pop("client_tls", None)
    async with fronting(describing, **options) as server:
        answer = await ask(server, data, client_tls)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n"), answer
    return json.loads(answer.partition(b"\r\n\r\n")[2])
