"""Plain sockets: a client that sends any octets, and an upstream in a thread that does what a function says."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

from lab.serving.sockets import reset
from tests.real.programs import DEADLINE

PIECE = 65536


@contextlib.contextmanager
def connected(address: tuple[str, int], *, receive_buffer: int = 0) -> Iterator[socket.socket]:
    """A client connection that waits for nothing longer than the deadline."""
    with socket.socket() as sock:
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(DEADLINE)
        sock.connect(address)
        yield sock


def rest(sock: socket.socket) -> bytes:
    """All that comes until FIN. A reset is an error."""
    pieces = []
    while piece := sock.recv(PIECE):
        pieces.append(piece)
    return b"".join(pieces)


def until(sock: socket.socket, marker: bytes) -> bytes:
    """What comes, up to the piece that completes the marker."""
    data = b""
    while marker not in data:
        piece = sock.recv(PIECE)
        assert piece, f"the connection ended before {marker!r}: {data!r}"
        data += piece
    return data


def ended(sock: socket.socket) -> None:
    """Wait until the other side has ended the connection, however it did."""
    with contextlib.suppress(ConnectionError):
        while sock.recv(PIECE):
            pass


Script = Callable[[socket.socket], None]


class RawUpstream:
    """Plays a function on each connection. `url`: where."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        host, port = self._listener.getsockname()
        self.url = f"http://{host}:{port}"
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Give up the address, and every connection."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # or the thread would wait on
        self._listener.close()
        self._threads[0].join(DEADLINE)
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(DEADLINE)
            assert not thread.is_alive()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                sock.settimeout(DEADLINE)
                self._open.append(sock)
                self._threads.append(threading.Thread(target=self._play, args=(sock,), daemon=True))
                self._threads[-1].start()

    def _play(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(ConnectionError):
            self._script(sock)


@contextlib.contextmanager
def raw_upstream(script: Script) -> Iterator[RawUpstream]:
    upstream = RawUpstream(script)
    try:
        yield upstream
    finally:
        upstream.close()


__all__ = ["PIECE", "RawUpstream", "connected", "ended", "raw_upstream", "reset", "rest", "until"]
