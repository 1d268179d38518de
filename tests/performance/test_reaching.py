"""Before scenarios are played through a gateway that runs already: do it and the lab's upstream meet?"""

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
    said = await why_unreached(RunningElsewhere(free_address(), free_address()))
    assert said == "the gateway cannot be asked: Connection refused"


async def test_one_that_the_lab_starts_is_not_asked() -> None:
    assert await why_unreached(Reference()) == ""
