"""Peers at Unix sockets, and names with two addresses: what whoever connects finds there, and that nothing is left."""

import asyncio
import errno
import os
import socket
from pathlib import Path

import pytest

from lab.gateways import Destination
from lab.gateways.reference.set_up import machine_offers
from lab.script import AnyPeer, Peer, ReceiveRequest, Send, UnixSocket
from lab.upstream import Recording, Upstream

pytestmark = pytest.mark.anyio

UNIX = pytest.mark.skipif("unix" not in machine_offers(), reason="this system has no Unix sockets")
IPV6 = pytest.mark.skipif("ipv6" not in machine_offers(), reason="this machine has no IPv6 on loopback")
HELLO = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]


async def listening(*peers: AnyPeer) -> tuple[Upstream, Destination]:
    upstream = Upstream(Recording(), peers)
    (destination,) = await upstream.listen()
    return upstream, destination


def knock(path: str) -> int:
    """What the system says at once to an attempt to connect: 0 or an error number."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.setblocking(False)
        return sock.connect_ex(path)


@UNIX
@pytest.mark.parametrize(
    ("found", "says"),
    [("absent", errno.ENOENT), ("stale", errno.ECONNREFUSED), ("full", errno.EAGAIN)],
)
async def test_what_is_wrong_with_a_socket(found: str, says: int) -> None:
    upstream, destination = await listening(UnixSocket(found=found))
    assert destination.path is not None
    assert knock(destination.path) == says
    await upstream.close()


@UNIX
@pytest.mark.skipif("permissions" not in machine_offers(), reason="no permission stops root")
async def test_a_socket_that_its_permissions_keep_one_from() -> None:
    upstream, destination = await listening(UnixSocket(found="denied"))
    assert destination.path is not None
    assert knock(destination.path) == errno.EACCES
    await upstream.close()


@UNIX
async def test_one_that_listens_answers() -> None:
    upstream, destination = await listening(UnixSocket(HELLO))
    assert destination.url == f"unix:{destination.path}"
    reader, writer = await asyncio.open_unix_connection(destination.path)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert (await reader.readline()) == b"HTTP/1.1 200 OK\r\n"
    writer.close()
    await writer.wait_closed()
    await upstream.close()


@UNIX
@pytest.mark.parametrize("found", ["absent", "stale", "full", "denied"])
async def test_what_it_becomes_it_is_at_the_same_path_and_then_it_is_gone(found: str) -> None:
    upstream, destination = await listening(UnixSocket(HELLO))
    assert destination.path is not None
    path = Path(destination.path)
    assert knock(destination.path) == 0
    await upstream.begin(2, [UnixSocket(found=found)])
    assert path.exists() is (found != "absent")
    await upstream.begin(3, [UnixSocket(HELLO)])
    assert knock(destination.path) == 0
    await upstream.close()
    assert not path.parent.exists()


@UNIX
async def test_a_path_is_short_wherever_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("a" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    upstream, destination = await listening(UnixSocket(HELLO))
    assert destination.path is not None
    assert len(os.fsencode(destination.path)) < 104
    await upstream.close()


@IPV6
@pytest.mark.parametrize(("first", "there"), [("listens", True), ("refuses", False)])
async def test_a_name_with_two_addresses(first: str, there: bool) -> None:
    upstream, destination = await listening(Peer(HELLO, first_address=first))
    (six, port), four = destination.addresses
    assert (six, destination.address) == ("::1", ("localhost", port))
    assert four[1] == port
    with socket.socket(socket.AF_INET6) as sock:
        assert (sock.connect_ex((six, port)) == 0) is there
    with socket.socket() as sock:
        assert sock.connect_ex(four) == 0
    await upstream.close()


@IPV6
async def test_at_the_first_address_nobody_answers() -> None:
    upstream, destination = await listening(Peer(HELLO, first_address="silent"))
    with socket.socket(socket.AF_INET6) as sock:
        sock.setblocking(False)
        connecting = asyncio.get_running_loop().sock_connect(sock, destination.addresses[0])
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(connecting, 0.05)
    await upstream.close()
