"""A WebSocket through the gateway, with a client and a server that people use (`websockets`)."""

import contextlib
import queue
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.real.programs import DEADLINE, Gateway, gateway

pytest.importorskip("websockets", reason="websockets is not installed (pip install websockets)")

from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidStatus
from websockets.http11 import Request, Response
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve


@dataclass(frozen=True)
class Stage:
    """A gateway in front of a server that does what the path says. `ended`: how connections to /wait did."""

    running: Gateway
    ended: "queue.Queue[int | None]"

    def connect(self, path: str) -> ClientConnection:
        return connect(self.running.url.replace("http", "ws") + path, proxy=None, open_timeout=DEADLINE)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    ended: queue.Queue[int | None] = queue.Queue()

    def play(connection: ServerConnection) -> None:
        assert connection.request is not None
        match connection.request.path:
            case "/echo":
                for message in connection:
                    connection.send(message)
            case "/leave":
                connection.send("going")
                connection.close(4001, "enough")
            case "/break":
                connection.recv(DEADLINE)
                connection.socket.shutdown(socket.SHUT_RDWR)
            case "/wait":
                with contextlib.suppress(ConnectionClosedOK):
                    connection.recv(DEADLINE)
                ended.put(connection.close_code)

    def check(connection: ServerConnection, request: Request) -> Response | None:
        return connection.respond(403, "not you\n") if request.path == "/refused" else None

    with serve(play, "127.0.0.1", 0, process_request=check) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        host, port = server.socket.getsockname()
        try:
            with gateway(f"http://{host}:{port}") as running:
                yield Stage(running, ended)
        finally:
            server.shutdown()
            serving.join(DEADLINE)


def test_an_echo(stage: Stage) -> None:
    with stage.connect("/echo") as connection:
        for message in ("hello", b"\0\xff", "", "x" * 1_000_000):
            connection.send(message)
            assert connection.recv(DEADLINE) == message
        connection.send(["one ", "message ", "in ", "fragments"])
        assert connection.recv(DEADLINE) == "one message in fragments"
        assert connection.ping().wait(DEADLINE)
        assert connection.response is not None
        assert connection.response.headers["Via"] == f"1.1 {stage.running.name}"


def test_several_at_once(stage: Stage) -> None:
    with contextlib.ExitStack() as stack:
        several = [stack.enter_context(stage.connect("/echo")) for _ in range(20)]
        for number, connection in enumerate(several):
            connection.send(str(number))
        assert [connection.recv(DEADLINE) for connection in several] == [str(number) for number in range(20)]


def test_the_server_closes(stage: Stage) -> None:
    with stage.connect("/leave") as connection:
        assert connection.recv(DEADLINE) == "going"
        with pytest.raises(ConnectionClosedError) as caught:
            connection.recv(DEADLINE)
        assert caught.value.rcvd is not None
        assert (caught.value.rcvd.code, caught.value.rcvd.reason) == (4001, "enough")


def test_the_client_closes(stage: Stage) -> None:
    with stage.connect("/wait") as connection:
        connection.close(1000)
    assert stage.ended.get(timeout=DEADLINE) == 1000


def test_the_server_breaks_off(stage: Stage) -> None:
    with stage.connect("/break") as connection:
        connection.send("?")
        with pytest.raises(ConnectionClosedError) as caught:
            connection.recv(DEADLINE)
        assert caught.value.rcvd is None


def test_the_server_refuses(stage: Stage) -> None:
    with pytest.raises(InvalidStatus) as caught:
        stage.connect("/refused")
    assert caught.value.response.status_code == 403
    assert caught.value.response.body == b"not you\n"
