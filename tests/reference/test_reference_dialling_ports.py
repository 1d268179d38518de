"""Connecting from a few local ports alone, and what is said when none of them is free."""

import sys

import pytest

from lab.gateways.reference.settings import Settings
from lab.serving.sockets import bound_socket
from tests.reference.parties import Peer, ask, gateway, saying, staying, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="how a port may be used again differs between systems")


def free_ports(count: int) -> range:
    """So many ports in a row of which nobody uses any at this moment."""
    for _ in range(100):
        with bound_socket("0.0.0.0") as sock:
            first = sock.getsockname()[1]
        if first + count < 65_536:
            return range(first, first + count)
    raise AssertionError("no free ports")


@LINUX
async def test_connections_come_from_there() -> None:
    ports = free_ports(2)
    async with upstream(saying(OK, end=staying)) as playing, gateway(playing, local_ports=ports) as between:
        assert (await ask(between)).content == b"hi"
        assert playing.peers[0].sock.getpeername()[1] in ports


@LINUX
async def test_none_of_them_is_free() -> None:
    async def told_to_close(peer: Peer) -> None:
        await peer.request()
        await peer.send(OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        await peer.ended()

    async with upstream(told_to_close) as playing, gateway(playing, local_ports=free_ports(1)) as between:
        assert (await ask(between)).status == 200
        got = await ask(between)  # the gateway has closed: its port is still taken
    where = "{}:{}".format(*playing.destination.address)
    assert got.status == 500
    assert got.proxy_status == (
        f'gw;error=proxy_internal_error;next-hop="{where}";details="cannot assign requested address"'
    )
    assert b"Where: In the gateway itself." in got.content


@LINUX
async def test_towards_another_upstream_the_same_port_will_do() -> None:
    ports = free_ports(1)
    async with (
        upstream(saying(OK)) as one,
        upstream(saying(OK)) as other,
        gateway(one, local_ports=ports) as first,
        gateway(other, local_ports=ports) as second,
    ):
        assert [(await ask(each)).content for each in (first, second)] == [b"hi", b"hi"]


@pytest.mark.parametrize("ports", [range(0), range(0, 5), range(65_000, 65_537)])
def test_what_are_no_ports(ports: range) -> None:
    with pytest.raises(ValueError, match="local ports are numbers from 1 to 65535"):
        Settings((), "gw", local_ports=ports)
