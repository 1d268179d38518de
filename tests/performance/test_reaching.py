"""Before scenarios are played through a gateway that runs already: do it and the lab's upstream meet?"""

import asyncio

import pytest

from lab.gateways import Address, Destination, Setup
from lab.gateways.reference import Reference
from lab.gateways.running import RunningElsewhere
from lab.performance import why_unreached
from lab.serving.sockets import bound_socket

pytestmark = pytest.mark.anyio


def free_address() -> Address:
    with bound_socket() as sock:
        host, port = sock.getsockname()
    return host, port


async def test_they_meet() -> None:
    there = free_address()
    running = await Reference().start(Setup((Destination(there),)))
    try:
        assert await why_unreached(RunningElsewhere(running.address, there)) == ""
    finally:
        await running.stop()


async def test_the_gateway_looks_for_its_upstream_elsewhere() -> None:
    listen = free_address()
    running = await Reference().start(Setup((Destination(free_address()),)))
    try:
        said = await why_unreached(RunningElsewhere(running.address, listen))
    finally:
        await running.stop()
    assert said == (
        "the gateway made no connection to --upstream-listen {}:{}: it answered 502 by itself (connection_refused);"
        " give the address at which it expects its upstream".format(*listen)
    )


async def test_a_gateway_that_is_not_there() -> None:
    nowhere = free_address()
    said = await why_unreached(RunningElsewhere(nowhere, free_address()))
    assert said == "the gateway cannot be asked at {}:{}: Connection refused".format(*nowhere)


async def test_a_name_that_nobody_knows() -> None:
    said = await why_unreached(RunningElsewhere(("gateway.invalid", 80), free_address()))
    assert "gateway.invalid: " in said
    assert "Errno" not in said


async def test_over_http2_where_it_is_spoken() -> None:
    there = free_address()
    running = await Reference().start(Setup((Destination(there),)))
    try:
        assert await why_unreached(RunningElsewhere(running.address, there, http2=True), http2=True) == ""
    finally:
        await running.stop()


@pytest.mark.parametrize(
    ("http2", "begins"),
    [(True, "the gateway gives no answer over HTTP/2 at "), (False, "no answer in HTTP/1 came from ")],
)
async def test_a_gateway_that_speaks_something_else(http2: bool, begins: str) -> None:
    async def greets(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        writer.close()

    server = await asyncio.start_server(greets, "127.0.0.1", 0)
    async with server:
        address: Address = server.sockets[0].getsockname()
        said = await why_unreached(RunningElsewhere(address, free_address(), http2=http2), http2=http2)
    assert said.startswith(begins + "{}:{}".format(*address))


async def test_one_that_the_lab_starts_is_not_asked() -> None:
    assert await why_unreached(Reference()) == ""
