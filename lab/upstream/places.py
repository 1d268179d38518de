"""Where a peer listens, and how: one address or two, or a Unix socket; with somebody there, nobody, or no answer."""

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Callable

from lab.gateways import Address, Destination
from lab.script import AnyPeer, BlackHole, Peer, UnixSocket
from lab.serving.sockets import BACKLOG, bound_socket

_MOST_HELD = 16
_TRIES = 20
_LONGEST_FOLDER = 80  # so that the path of a socket in it fits into an address (104 bytes on macOS, 108 on Linux)
_IPV6 = "::1"

Accept = Callable[[], asyncio.BaseProtocol]


class Place:
    """`accept` makes a protocol for each connection. `destination`: how a gateway finds it once it has been open."""

    def __init__(self, accept: Accept) -> None:
        self.destination = Destination(("", 0))
        self._accept = accept
        self._address: Address | None = None
        self._folder: str | None = None
        self._servers: list[asyncio.Server] = []
        self._sockets: list[socket.socket] = []

    async def open(self, peer: AnyPeer, address: Address | None = None) -> None:
        """Listen as the condition of this peer says; at this address (None: a fresh one), or where it was open before.
        Raises OSError."""
        if isinstance(peer, UnixSocket):
            await self._open_path(peer.found)
            return
        first = peer.first_address if isinstance(peer, Peer) else None
        if not self._sockets:
            self._bind(self._address or address, two=first is not None)
        condition = "listens" if peer.listens else "silent" if isinstance(peer, BlackHole) else "refuses"
        for sock, what in zip(tuple(self._sockets), (condition, first), strict=False):
            await self._begin(sock, what)

    def stop_accepting(self) -> None:
        """From now on, let those who connect wait."""
        for server in self._servers:
            for sock in server.sockets:
                with contextlib.suppress(NotImplementedError):  # Windows accepts without a reader
                    asyncio.get_running_loop().remove_reader(sock.fileno())

    def release(self) -> None:
        """Listen no longer. The place is still the same, and can be opened again."""
        for server in self._servers:
            server.close()
        for sock in self._sockets:
            sock.close()
        self._servers, self._sockets = [], []

    def close(self) -> None:
        """Give up the place, for good."""
        self.release()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # Addresses

    def _bind(self, address: Address | None, *, two: bool) -> None:
        """Hold the address; where it takes two, also the same port of IPv6, which somebody else may have."""
        for tries_left in reversed(range(_TRIES)):
            try:
                here = self._hold(address)
                there = self._hold((_IPV6, here[1])) if two else None
            except OSError:
                self.release()
                if address or not tries_left:
                    raise
            else:
                break
        self._address = here
        self.destination = Destination(("localhost", here[1]), addresses=(there, here)) if there else Destination(here)

    def _hold(self, address: Address | None) -> Address:
        sock = self._held(bound_socket(*address) if address else bound_socket())
        if os.name == "posix":  # a peer that comes back takes its address again, while old connections still end
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound: Address = sock.getsockname()[:2]
        return bound

    async def _begin(self, sock: socket.socket, what: str | None) -> None:
        if what == "listens":
            loop = asyncio.get_running_loop()
            await self._serve(await loop.create_server(self._accept, sock=sock, backlog=BACKLOG, start_serving=False))
        elif what == "silent":
            self._fill(sock)

    # Unix sockets

    async def _open_path(self, found: str) -> None:
        path = self._path()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        if found == "absent":
            return
        sock = self._held(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        sock.bind(path)
        match found:
            case "listening":
                loop = asyncio.get_running_loop()
                await self._serve(
                    await loop.create_unix_server(self._accept, sock=sock, backlog=BACKLOG, start_serving=False)
                )
            case "stale":
                sock.close()
            case "denied":
                sock.listen()
                os.chmod(path, 0)
            case "full":
                self._fill(sock)

    def _path(self) -> str:
        if self._folder is None:
            short = len(tempfile.gettempdir().encode()) <= _LONGEST_FOLDER
            self._folder = tempfile.mkdtemp(prefix="lab-", dir=None if short else "/tmp")
            self.destination = Destination(("localhost", 0), path=os.path.join(self._folder, "app.sock"))
        assert self.destination.path is not None
        return self.destination.path

    # Both

    async def _serve(self, server: asyncio.Server) -> None:
        self._servers.append(server)
        await server.start_serving()  # not when it is made: a server that is cancelled while it starts is lost

    def _held(self, sock: socket.socket) -> socket.socket:
        self._sockets.append(sock)
        return sock

    def _fill(self, sock: socket.socket) -> None:
        """Listen, and take up all the places for connections that wait to be accepted: no further one is answered, or
        at a Unix socket it is refused."""
        sock.listen(0)
        for _ in range(_MOST_HELD):
            waiting = self._held(socket.socket(sock.family, socket.SOCK_STREAM))
            waiting.setblocking(False)
            waiting.connect_ex(sock.getsockname())
            try:
                waiting.getpeername()
            except OSError:  # this one has not been answered
                return
