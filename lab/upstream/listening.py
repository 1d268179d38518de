"""One peer of the upstream: where and how it listens, and which script each of its connections gets."""

import asyncio
import contextlib
import os
import socket
import ssl

from lab.gateways import Address
from lab.script import AnyPeer, BlackHole, Peer, Refuse, Script, Stall, StartTLS
from lab.serving.sockets import BACKLOG, bound_socket
from lab.tls import Certificate
from lab.transcript import UPSTREAM_HOP, What
from lab.upstream.answering import Answerer
from lab.upstream.connection import Connection
from lab.upstream.recording import Recording

_MOST_HELD = 16


class Listener:
    """`number`: of the peer, from 1. `act`: the one that gave it its condition and its scripts.

    `fields`: the field lines that stand for FIELDS. `performance`: what nonces are made of.
    """

    def __init__(self, record: Recording, number: int, peer: AnyPeer, *, performance: str, fields: bytes) -> None:
        self.record, self.number, self.peer = record, number, peer
        self.performance, self.fields = performance, fields
        self.act = 1
        self.answerers: list[Answerer] = []
        self.address: Address = ("", 0)
        self._count = 0
        self._told: set[int] = set()
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._held: list[socket.socket] = []

    async def listen(self, address: Address | None = None) -> None:
        """Take an address (None: a fresh one) and listen there, as the peer's condition says. Raises OSError."""
        if self._socket is None:
            self._socket = bound_socket(*address) if address else bound_socket()
            if os.name == "posix":  # a peer that comes back takes its address again, while old connections still end
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.address = self._socket.getsockname()[:2]
        if isinstance(self.peer, Peer):
            self._server = await asyncio.get_running_loop().create_server(
                self._connection, sock=self._socket, backlog=BACKLOG, start_serving=False
            )
            await self._server.start_serving()  # not in one: a server that is cancelled while it starts is lost
        elif isinstance(self.peer, BlackHole):
            self._held = _fill(self._socket)

    async def become(self, peer: AnyPeer, act: int) -> None:
        """From this act on, listen and answer like this peer, at the same address."""
        before, self.peer, self.act, self._count = self.peer, peer, act, 0
        self._told.clear()
        for answerer in self.answerers:
            if isinstance(peer, Refuse):
                answerer.leave()
            elif isinstance(peer, BlackHole):
                answerer.play([Stall()])
        if type(before) is not type(peer):
            if not isinstance(before, Refuse):
                self.stop_accepting()
                await asyncio.sleep(0)
                self._release()
            await self.listen(self.address)

    def script(self, answerer: Answerer) -> Script | None:
        """The script for this connection, if this peer has any. In each act that gives scripts, it counts as one more
        of its connections."""
        if not isinstance(self.peer, Peer):
            return None
        if answerer.act < self.act:
            self._count += 1
            answerer.act, answerer.ordinal = self.act, self._count
        return self.peer.connections().script(answerer.ordinal)

    def context(self, step: StartTLS) -> ssl.SSLContext:
        """How to shake hands."""
        from lab.certificates import NAMES, server_context  # not needed, and slow to load, where there is no TLS

        assert isinstance(self.peer, Peer)
        name = self.peer.server_name
        return server_context(
            Certificate(step.certificate), names=NAMES if name in NAMES else (name, *NAMES), alpn=step.alpn,
            oldest=step.oldest, newest=step.newest, server_name=step.server_name,
            client_certificate=step.client_certificate,
        )  # fmt: skip

    def took_effect(self, answerer: Answerer) -> None:
        """Something that this connection's script sent, or how it ended, has reached the gateway."""
        says = self.peer.wrong or self.peer.watch
        if says is not None and answerer.ordinal not in self._told and not answerer.connection.ended:
            self._told.add(answerer.ordinal)
            answerer.connection.note(What.DELIVERED, detail=says)

    def joined(self, answerer: Answerer) -> None:
        self.answerers.append(answerer)

    def left(self, answerer: Answerer) -> None:
        self.answerers.remove(answerer)

    def stop_accepting(self) -> None:
        """From now on, let those who connect wait."""
        if self._server is not None:
            for sock in self._server.sockets:
                with contextlib.suppress(NotImplementedError):  # Windows accepts without a reader
                    asyncio.get_running_loop().remove_reader(sock.fileno())

    def close(self) -> None:
        """Give up the address, and every connection."""
        self._release()
        for answerer in self.answerers:
            answerer.connection.abort()

    def _connection(self) -> Connection:
        connection = Connection(self.record, UPSTREAM_HOP, peer=self.number)
        Answerer(self.record, connection, self)
        return connection

    def _release(self) -> None:
        if self._server is not None:
            self._server.close()
        for sock in self._held:
            sock.close()
        if self._socket is not None:
            self._socket.close()
        self._server, self._socket, self._held = None, None, []


def _fill(sock: socket.socket) -> list[socket.socket]:
    """Listen, and take up all the places for connections that wait to be accepted: no further one is answered."""
    sock.listen(0)
    held: list[socket.socket] = []
    while len(held) < _MOST_HELD:
        held.append(socket.socket(sock.family, socket.SOCK_STREAM, socket.IPPROTO_TCP))
        held[-1].setblocking(False)
        held[-1].connect_ex(sock.getsockname())
        try:
            held[-1].getpeername()
        except OSError:  # this one has not been answered
            break
    return held
