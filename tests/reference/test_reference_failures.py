"""Each way in which an upstream fails has its error type, with the parameters that the type defines."""

import asyncio
import dataclasses
import errno
import socket
from pathlib import Path

import pytest

from lab.gateways import Destination
from lab.gateways.reference.dialling import refused
from lab.gateways.reference.settings import LIMITS
from lab.rfc.conditions import Condition
from lab.serving.sockets import loopback_address
from tests.reference.parties import (
    GET,
    Got,
    Peer,
    answered,
    ask,
    connected,
    gateway,
    saying,
    upstream,
)

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
QUICK = 0.05
UNIX = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")

# What the upstream says before it closes; the error type; its extra parameters; what the details begin with.
SAID = [
    (b"", "connection_terminated", "", "no byte of a response came; the upstream closed the connection"),
    (
        OK + b"Conte",
        "http_response_incomplete",
        "",
        "the header section is cut off; the upstream closed the connection",
    ),
    (b"HTTP/1.1 103 Early Hints\r\n\r\n", "http_response_incomplete", "", "only interim responses came"),
    (b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.", "http_response_incomplete", "", "the status line is cut off"),
    (b"220 mail.example ESMTP\r\n", "http_protocol_error", "", "octet 0: "),
    (b"HTTP/3.0 200 OK\r\n\r\n", "http_protocol_error", "", "octet 0: "),
    (OK + b"Content-Length: x\r\n\r\n", "http_protocol_error", "", "octet 17: Content-Length is no number."),
    (OK + b"no colon\r\n\r\n", "http_protocol_error", "", "octet 17: A field line has no colon."),
    (OK + b"A: b\r\n fold\r\nContent-Length: 0\r\n\r\n", "http_protocol_error", "", "octet 23: "),
    (
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        "http_protocol_error",
        "",
        "octet 0",
    ),
    (CHUNKED + b"zz\r\n", "http_response_transfer_coding", ";coding=chunked", "octet 47: A chunk does not begin"),
    (
        OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "http_response_transfer_coding",
        ";coding=gzip",
        "octet 17: ",
    ),
    (
        OK + b"X-Big: " + b"a" * 20_000 + b"\r\n\r\n",
        "http_response_header_size",
        ';header-name="X-Big";header-size=20007',
        "octet 17: One field line",
    ),
    (
        OK + (b"X: " + b"a" * 9_000 + b"\r\n") * 8 + b"\r\n",
        "http_response_header_section_size",
        ";header-section-size=65537",
        "octet ",
    ),
    (OK + b"X: a\r\n" * 201 + b"\r\n", "http_response_header_section_size", "", "octet 1217: The header section"),
    (
        CHUNKED + b"0\r\nX: " + b"a" * 9_000 + b"\r\n\r\n",
        "http_response_trailer_size",
        ';trailer-name="X";trailer-size=9003',
        "octet 50: ",
    ),
    (
        CHUNKED + b"0\r\n" + (b"X: " + b"a" * 4_000 + b"\r\n") * 5 + b"\r\n",
        "http_response_trailer_section_size",
        ";trailer-section-size=16385",
        "octet ",
    ),
]


@pytest.mark.parametrize(("said", "error", "extras", "details"), SAID, ids=lambda value: str(value)[:40])
async def test_what_an_upstream_says_wrong_is_named(said: bytes, error: str, extras: str, details: str) -> None:
    async with upstream(saying(said)) as playing, gateway(playing) as between:
        got = await ask(between)
        host, port = playing.destination.address
    received = ";received-status=200" if said.startswith(CHUNKED) else ""
    assert got.proxy_status.startswith(
        f'gw;error={error}{extras};next-hop="{host}:{port}"{received};details="{details}'
    ), got.proxy_status
    assert got.proxy_status.endswith('"')
    assert (got.status, got.complete) == (502, True)
    assert len(between.log) == 1
    assert f"({host}:{port}): {error}: {details}" in between.log[0]


async def test_reset_and_fin_are_told_apart() -> None:
    got = await answered(saying(b"", end=Peer.reset))
    assert 'details="no byte of a response came; the upstream reset the connection"' in got.proxy_status


async def test_what_was_received_before_a_reset_counts() -> None:
    got = await answered(saying(OK, b"Content-Length: 2\r\n\r\nhi", end=Peer.reset))
    assert (got.status, got.content, got.complete) == (200, b"hi", True)


async def refused_by(destination: Destination) -> Got:
    async with gateway(destination) as between:
        return await ask(between)


async def test_nobody_listens() -> None:
    with socket.socket() as held:
        held.bind((loopback_address(), 0))
        host, port = held.getsockname()
        got = await refused_by(Destination((host, port)))
    assert got.proxy_status == (f'gw;error=connection_refused;next-hop="{host}:{port}";details="connection refused"')
    assert got.status == 502


@UNIX
async def test_a_missing_unix_socket(tmp_path: Path) -> None:
    got = await refused_by(Destination(("", 0), path=f"{tmp_path}/none"))
    assert got.proxy_status == (
        f'gw;error=connection_refused;next-hop="{tmp_path}/none";details="no such file or directory"'
    )


@UNIX
async def test_an_upstream_on_a_unix_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        listener.listen()
        listener.setblocking(False)
        loop = asyncio.get_running_loop()
        async with (
            gateway(Destination(("", 0), path=str(tmp_path / "socket"))) as between,
            asyncio.TaskGroup() as tasks,
        ):
            asking = tasks.create_task(ask(between))
            accepted, _ = await loop.sock_accept(listener)
            peer = Peer(accepted, 1)
            await saying(OK, b"Content-Length: 2\r\n\r\nhi")(peer)
    assert asking.result().content == b"hi"


async def test_a_name_that_has_no_address() -> None:
    got = await refused_by(Destination(("nowhere.invalid", 80)))
    assert got.proxy_status.startswith('gw;error=dns_error;next-hop="nowhere.invalid:80";details="nowhere.invalid: ')
    assert got.status == 502


async def test_a_name_is_looked_up() -> None:
    async with upstream(saying(OK, b"Content-Length: 2\r\n\r\nhi"), host="127.0.0.1") as playing:
        port = playing.destination.address[1]
        got = await refused_by(Destination(("localhost", port)))
    assert got.content == b"hi"


async def test_a_gateway_without_an_upstream() -> None:
    async with gateway() as between:
        got = await ask(between)
    assert got.status == 500
    assert got.proxy_status == (
        'gw;error=destination_not_found;details="this gateway has not been told of an upstream"'
    )


async def test_the_next_upstream_is_tried_when_there_is_no_connection_to_the_first() -> None:
    with socket.socket() as held:
        held.bind((loopback_address(), 0))
        nobody = Destination(held.getsockname())
        somebody = saying(OK, b"Content-Length: 2\r\n\r\nhi")
        async with upstream(somebody) as playing, gateway(nobody, playing) as between:
            got = await ask(between)
            assert between.reference.pool.attempts == {nobody: 1, playing.destination: 1}
    assert got.content == b"hi"


async def test_content_over_the_limit() -> None:
    limits = dataclasses.replace(LIMITS, content=4)
    got = await answered(saying(OK, b"Content-Length: 5\r\n\r\nhello"), limits=limits)
    assert got.proxy_status.startswith("gw;error=http_response_body_size;body-size=5;")


async def test_more_connections_than_are_allowed() -> None:
    asked = asyncio.Event()

    async def silent(peer: Peer) -> None:
        await peer.request()
        asked.set()
        await peer.ended()

    async with upstream(silent) as playing, gateway(playing, connections=1) as between, connected(between) as client:
        await client.send(GET)
        await asked.wait()
        got = await ask(between)
    assert got.status == 503
    assert got.proxy_status == 'gw;error=connection_limit_reached;details="all 1 upstream connections are in use"'


async def test_a_failure_of_the_gateway_itself(caplog: pytest.LogCaptureFixture) -> None:
    times = iter([None, 784_111_777.0])

    def clock() -> float:
        now = next(times)
        if now is None:
            raise ZeroDivisionError("a clock that stopped")
        return now

    got = await answered(saying(OK, b"Content-Length: 2\r\n\r\nhi"), clock=clock)
    assert got.status == 500
    assert got.proxy_status == 'gw;error=proxy_internal_error;details="its log says more"'
    assert "a clock that stopped" in caplog.text


async def test_an_upstream_that_leaves_while_the_request_is_sent() -> None:
    async def leaving(peer: Peer) -> None:
        await peer.request()
        peer.reset()

    async with upstream(leaving) as playing, gateway(playing) as between, connected(between) as client:
        await client.send(b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 10\r\n\r\n12345")
        got = await client.response()
    assert (got.status, got.ending) == (502, None)
    assert b"Where: In sending the request on to the upstream" in got.content
    assert got.proxy_status.startswith("gw;error=connection_terminated;")
    assert got.proxy_status.endswith('details="no byte of a response came; the upstream reset the connection"')


@pytest.mark.parametrize(
    ("number", "condition"),
    [
        (errno.EADDRNOTAVAIL, Condition.PORTS_EXHAUSTED),
        (errno.EHOSTUNREACH, Condition.UNREACHABLE),
        (errno.ENETUNREACH, Condition.UNREACHABLE),
        (errno.EACCES, Condition.PROHIBITED),
        (errno.ETIMEDOUT, Condition.CONNECT_TIMEOUT),
        (errno.EMFILE, Condition.INTERNAL),
    ],
)
def test_what_only_a_network_could_show(number: int, condition: Condition) -> None:
    assert refused(OSError(number, "no"), Destination(("127.0.0.1", 1))).condition is condition
