"""An upstream and a client in threads of the test, for a gateway that runs in a process of its own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.cli.door import DEADLINE


@contextmanager
def serving(listener: socket.socket, serve: Callable[[socket.socket], None]) -> Iterator[None]:
    """Each connection that comes is served, and closed, one after the other."""

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # the test is over
                return
            with connection:
                serve(connection)

    threading.Thread(target=accept, daemon=True).start()
    yield
    with suppress(OSError):  # only Linux lets the thread go on so
        listener.shutdown(socket.SHUT_RDWR)


def answer(url: str, request: bytes) -> bytes:
    """All that comes until the gateway closes."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), DEADLINE) as client:
        client.sendall(request)
        return b"".join(iter(lambda: client.recv(65_536), b""))
