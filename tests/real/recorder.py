"""An upstream that answers every request with "ok" and keeps the octets of each."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import h11

from tests.real.programs import DEADLINE, Gateway
from tests.real.raw import PIECE, connected, raw_upstream, rest

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

_ADDED = re.compile(rb"^(?:Via: 1\.\d gateway-|Forwarded: for=127\.0\.0\.1;)[^\r\n]*\r\n", re.MULTILINE)
_LAST = b"GET /the-last HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n"


class Recorder:
    """`url`: where it listens, once it does. It tells where a request ends with h11, which the gateway does not use."""

    def __init__(self) -> None:
        self.url = ""
        self._requests: list[bytearray] = []
        self._news = threading.Condition()

    def serve(self, sock: socket.socket) -> None:
        sock.settimeout(None)  # it may be kept for long, until the gateway or the test ends it
        with contextlib.suppress(ConnectionError):
            while piece := sock.recv(PIECE):
                self._one_request(sock, piece)

    def begins(self, marker: bytes) -> bytes:
        """Wait until the octets of a request that is not complete end in this; give them."""
        with self._news:
            assert self._news.wait_for(lambda: self._requests and self._requests[-1].endswith(marker), DEADLINE)
            return _own(self._requests[-1])

    def since_before(self, gateway: Gateway) -> list[bytes]:
        """The octets of the requests that came since this was last asked, without what the gateway adds to each.

        A request that was cut off counts too. A last request, which is not told of, comes after all the others.
        """
        with connected(gateway.address) as client:
            client.sendall(_LAST)
            assert rest(client).endswith(b"\r\n\r\nok")
        with self._news:
            *came, last = map(_own, self._requests)
            self._requests = []
        assert last == b"GET /the-last HTTP/1.1\r\nHost: last\r\n\r\n"
        return came

    def _one_request(self, sock: socket.socket, piece: bytes) -> None:
        reader, octets = h11.Connection(h11.SERVER), bytearray()
        with self._news:
            self._requests.append(octets)
        while piece:
            with self._news:
                octets += piece
                self._news.notify_all()
            reader.receive_data(piece)
            while (event := reader.next_event()) is not h11.NEED_DATA:
                if isinstance(event, h11.EndOfMessage):
                    sock.sendall(ANSWER)
                    return
            piece = sock.recv(PIECE)


def _own(octets: bytearray) -> bytes:
    return _ADDED.sub(b"", bytes(octets))


@contextlib.contextmanager
def recorder() -> Iterator[Recorder]:
    recording = Recorder()
    with raw_upstream(recording.serve) as upstream:
        recording.url = upstream.url
        yield recording
