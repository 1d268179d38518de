"""The PROXY protocol: the bytes of a preamble, and where the gateway writes it."""

import pytest

from lab.certificates import authority
from lab.gateways.reference.proxy_protocol import End, preamble
from tests.reference.parties import GET, Peer, Script, ask, connected, gateway, upstream

pytestmark = pytest.mark.anyio

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")
FOUR = ("192.0.2.1", 51_234), ("192.0.2.2", 80)
SIX = ("2001:db8::1%eth0", 51_234), ("2001:db8::2", 80)
MAPPED = ("::ffff:192.0.2.1", 51_234), ("::ffff:192.0.2.2", 80)
UNIX = "/run/client", "/run/gateway"
UNKNOWN = None, ("192.0.2.2", 80)
MIXED = ("192.0.2.1", 51_234), ("2001:db8::2", 80)

LINES: list[tuple[tuple[End, End], bytes]] = [
    (FOUR, b"PROXY TCP4 192.0.2.1 192.0.2.2 51234 80\r\n"),
    (SIX, b"PROXY TCP6 2001:db8::1 2001:db8::2 51234 80\r\n"),
    (MAPPED, b"PROXY TCP4 192.0.2.1 192.0.2.2 51234 80\r\n"),
    (UNIX, b"PROXY UNKNOWN\r\n"),
    (UNKNOWN, b"PROXY UNKNOWN\r\n"),
    (MIXED, b"PROXY UNKNOWN\r\n"),
    ((("no address", 1), ("192.0.2.2", 80)), b"PROXY UNKNOWN\r\n"),
]

BLOCKS: list[tuple[tuple[End, End], bytes]] = [
    (FOUR, bytes.fromhex("21 11 000c c0000201 c0000202 c822 0050")),
    (MAPPED, bytes.fromhex("21 11 000c c0000201 c0000202 c822 0050")),
    (SIX, bytes.fromhex("21 21 0024 20010db8" + 11 * "00" + "01 20010db8" + 11 * "00" + "02 c822 0050")),
    (UNIX, bytes.fromhex("21 31 00d8") + b"/run/client".ljust(108, b"\0") + b"/run/gateway".ljust(108, b"\0")),
    (("/" + 108 * "a", "/run/gateway"), bytes.fromhex("21 00 0000")),
    (UNKNOWN, bytes.fromhex("21 00 0000")),
    (MIXED, bytes.fromhex("21 00 0000")),
]


@pytest.mark.parametrize(("ends", "line"), LINES)
def test_version_1(ends: tuple[End, End], line: bytes) -> None:
    assert preamble(1, *ends) == line


@pytest.mark.parametrize(("ends", "block"), BLOCKS)
def test_version_2(ends: tuple[End, End], block: bytes) -> None:
    assert preamble(2, *ends) == SIGNATURE + block


def answering(said: list[bytes]) -> Script:
    """Answers each request, and keeps it with what came before it."""

    async def script(peer: Peer) -> None:
        while True:
            said.append(await peer.until(b"Host:") + await peer.request())
            await peer.send(OK)

    return script


@pytest.mark.parametrize("version", [1, 2])
async def test_it_goes_before_the_first_request_alone(version: int) -> None:
    said: list[bytes] = []
    async with (
        upstream(answering(said)) as playing,
        gateway(playing, proxy_protocol=version) as between,
        connected(between) as client,
    ):
        ends = preamble(version, client.sock.getsockname(), between.address)
        await client.ask()
        await client.ask()
    assert [each.partition(b"GET / HTTP/1.1\r\n")[0] for each in said] == [ends, b""]
    assert len(playing.peers) == 1


async def test_a_connection_serves_the_client_that_it_names_and_nobody_else() -> None:
    said: list[bytes] = []
    async with (
        upstream(answering(said)) as playing,
        gateway(playing, proxy_protocol=1) as between,
        connected(between) as one,
        connected(between) as other,
    ):
        for client in (one, other, one):
            await client.ask()
        names = [preamble(1, each.sock.getsockname(), between.address) for each in (one, other)]
    assert [each.partition(b"GET")[0] for each in said] == [*names, b""]
    assert len(playing.peers) == 2


async def test_where_there_is_no_more_room_one_that_waits_for_its_client_goes() -> None:
    async with (
        upstream(answering([])) as playing,
        gateway(playing, proxy_protocol=1, connections=1) as between,
        connected(between) as one,
        connected(between) as other,
    ):
        assert [(await each.ask()).status for each in (one, other, one)] == [200, 200, 200]
    assert len(playing.peers) == 3


async def test_it_goes_before_tls() -> None:
    first: list[bytes] = []

    async def script(peer: Peer) -> None:
        first.append(await peer.until(b"\r\n"))
        while len(peer.received) < 3:
            await peer.more()
        first.append(peer.received[:3])
        peer.close()

    async with upstream(script, secure=True) as playing, gateway(playing, proxy_protocol=1, trust=authority()) as to:
        await ask(to, GET)
    assert first[0].startswith(b"PROXY TCP4 ")
    assert first[1] in (b"\x16\x03\x01", b"\x16\x03\x03")  # a handshake record of TLS
