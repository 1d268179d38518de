import socket
import sys

import pytest

from lab.serving.sockets import end_with_reset, listening_socket, loopback_address, reset


def connected() -> tuple[socket.socket, socket.socket]:
    with listening_socket() as listener:
        listener.setblocking(True)
        client = socket.create_connection(listener.getsockname(), timeout=5)
        server, _ = listener.accept()
        server.settimeout(5)
        return client, server


def test_a_listener_has_a_free_port_and_names_its_protocol() -> None:
    with listening_socket() as listener:
        assert listener.getsockname()[1] != 0
        assert listener.proto == socket.IPPROTO_TCP
        assert not listener.getblocking()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")
def test_each_listener_has_an_address_of_its_own_on_linux() -> None:
    addresses = {loopback_address() for _ in range(50)}
    assert len(addresses) > 45
    assert all(address.startswith("127.") and address != "127.0.0.1" for address in addresses)


def test_elsewhere_it_is_the_one_loopback_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert loopback_address() == "127.0.0.1"


def test_clients_queue_before_anybody_accepts() -> None:
    with listening_socket() as listener, socket.create_connection(listener.getsockname(), timeout=5):
        pass


def test_a_port_in_use_is_an_error() -> None:
    with listening_socket("127.0.0.1") as first, pytest.raises(OSError, match="in use"):
        listening_socket("127.0.0.1", first.getsockname()[1])


def test_a_port_can_be_listened_on_again_right_after_its_connections_were_closed() -> None:
    with listening_socket("127.0.0.1") as any_listener:
        port = any_listener.getsockname()[1]
    with listening_socket("127.0.0.1", port) as listener:
        listener.setblocking(True)
        client = socket.create_connection(("127.0.0.1", port), timeout=5)
        server, _ = listener.accept()
        server.close()  # first: TIME_WAIT is on the listener's side
        client.close()
    listening_socket("127.0.0.1", port).close()


def test_a_reset_is_seen_as_a_reset() -> None:
    client, server = connected()
    reset(server)
    with client, pytest.raises(ConnectionResetError):
        client.recv(1)


def test_end_with_reset_acts_at_the_close() -> None:
    client, server = connected()
    end_with_reset(server)
    server.sendall(b"x")
    assert client.recv(1) == b"x"
    server.close()
    with client, pytest.raises(ConnectionResetError):
        client.recv(1)


def test_a_socket_that_is_closed_already_can_still_be_told() -> None:
    client, server = connected()
    client.close()
    server.close()
    end_with_reset(server)
