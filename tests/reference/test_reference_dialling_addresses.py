"""An upstream with several addresses: which are tried, when, and that of those that lose nothing is left."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.gateways import Address, Destination
from lab.gateways.reference.racing import Race, race
from lab.gateways.reference.resolving import Resolved, alternating, resolve
from lab.serving.sockets import bound_socket, listening_socket
from tests.reference.parties import Peer, ask, connected, gateway, saying, upstream

pytestmark = pytest.mark.anyio

HELLO = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
SOON = 0.01


@contextlib.contextmanager
def silent() -> Iterator[Address]:
    """An address at which attempts to connect are not answered: the queue of connections is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(bound_socket())
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()


def named(*addresses: Address) -> Destination:
    return Destination(("two.example", 80), addresses=addresses)


async def turns() -> None:
    """A few of the loop's: what was cancelled ends, and is closed after that."""
    for _ in range(3):
        await asyncio.sleep(0)


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


async def test_where_one_refuses_the_next_is_tried_at_once() -> None:
    with bound_socket() as nobody:
        async with (
            upstream(HELLO) as playing,
            gateway(named(nobody.getsockname(), playing.destination.address), attempt_delay=20.0) as between,
        ):
            got = await ask(between)
        host, port = nobody.getsockname()
        there = "{}:{}".format(*playing.destination.address)
    assert got.content == b"hi"
    assert between.log == [
        f"two.example:80: {host}:{port}: connection_refused: connection refused; {there} is connected"
    ]


async def test_where_one_is_silent_the_next_is_tried_beside_it() -> None:
    with silent() as nobody:
        async with (
            upstream(HELLO) as playing,
            gateway(named(nobody, playing.destination.address), attempt_delay=SOON) as between,
        ):
            assert (await ask(between)).content == b"hi"
        first, second = ("{}:{}".format(*address) for address in (nobody, playing.destination.address))
    assert between.log == [f"two.example:80: {first}: no answer so far; {second} is connected"]


async def test_where_all_refuse_each_is_named() -> None:
    with bound_socket() as one, bound_socket() as other:
        async with gateway(named(one.getsockname(), other.getsockname())) as between:
            got = await ask(between)
        first, second = ("{}:{}".format(*each.getsockname()) for each in (one, other))
    assert got.status == 502
    assert got.proxy_status == (
        'gw;error=connection_refused;next-hop="two.example:80";'
        f'details="{first}: connection refused, {second}: connection refused"'
    )


async def test_a_refusal_says_more_than_an_address_that_cannot_be_reached() -> None:
    everybody = ("255.255.255.255", 80)  # nothing can connect there
    with bound_socket() as nobody:
        async with gateway(named(nobody.getsockname(), everybody), attempt_delay=SOON) as between:
            got = await ask(between)
    assert "error=connection_refused;" in got.proxy_status


async def racing(*addresses: Address, delay: float = SOON) -> Race:
    async def connect(to: Resolved) -> socket.socket:
        sock = socket.socket()
        try:
            sock.setblocking(False)
            await asyncio.get_running_loop().sock_connect(sock, to.address)
        except BaseException:
            sock.close()
            raise
        return sock

    return await race([Resolved(socket.AF_INET, address) for address in addresses], connect, delay)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the descriptors in /proc")
async def test_those_that_lose_leave_nothing_behind() -> None:
    with listening_socket() as one, listening_socket() as other, silent() as nobody:
        before = descriptors(), asyncio.all_tasks()
        found = await racing(nobody, one.getsockname(), other.getsockname())
        assert found.sock is not None
        assert found.winner is not None
        assert found.winner.address == one.getsockname()
        found.sock.close()
        await turns()
        assert (descriptors(), asyncio.all_tasks()) == before


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the descriptors in /proc")
async def test_one_that_is_given_up_leaves_nothing_behind() -> None:
    with silent() as nobody, silent() as other:
        before = descriptors(), asyncio.all_tasks()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5 * SOON):
                await racing(nobody, other)
        await turns()
        assert (descriptors(), asyncio.all_tasks()) == before


async def test_what_is_no_refusal_is_raised() -> None:
    async def broken(to: Resolved) -> socket.socket:
        raise ZeroDivisionError(str(to))

    with pytest.raises(ZeroDivisionError):
        await race([Resolved(socket.AF_INET, ("127.0.0.1", port)) for port in (1, 2)], broken, SOON)


def test_families_alternate() -> None:
    def of(family: int, *hosts: str) -> list[Resolved]:
        return [Resolved(family, (host, 1)) for host in hosts]

    six, four = of(socket.AF_INET6, "::1", "::2", "::3"), of(socket.AF_INET, "127.0.0.1")
    assert alternating([*six, *four]) == (six[0], four[0], six[1], six[2])
    assert alternating([*four, *six]) == (four[0], *six)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
async def test_at_a_path_the_host_of_one_who_names_none_is_this_machine(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        listener.setblocking(False)
        there = Destination(("localhost", 0), path=str(tmp_path / "socket"))
        async with gateway(there) as between, connected(between) as client:
            await client.send(b"GET / HTTP/1.0\r\n\r\n")
            accepted, _ = await asyncio.get_running_loop().sock_accept(listener)
            with accepted:
                assert b"\r\nHost: localhost\r\n" in await Peer(accepted, 1).request()


async def test_a_name_stands_for_the_addresses_given_with_it() -> None:
    found = await resolve(named(("::1", 80), ("127.0.0.1", 80)))
    assert [str(each) for each in found] == ["[::1]:80", "127.0.0.1:80"]
    assert [each.family for each in found] == [socket.AF_INET6, socket.AF_INET]
