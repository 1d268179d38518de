"""Captures with TLS on both sides, in each version, under HTTP/1 and HTTP/2; and of what no chapter brings."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.gateways.names import gateway_named
from lab.performance import perform
from lab.scenario import Case
from lab.script import NONCE, Close, Get, Pause, Peer, ReceiveRequest, Send, StartTLS
from lab.show.pcapng import Capture, capture_of
from lab.transcript import Connecting, Octets, What
from lab.verdict import judge
from tests.show.capturing import CLIENT, GATEWAY, UPSTREAM, needs_tshark, packets, tshark, write
from tests.show.staged import ASKS, FIVE_OF_20, client, played, scenario, upstream

pytestmark = [pytest.mark.anyio, needs_tshark]

HELLO = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n\r\n", b"hello")
CLIENTS = {
    "secure": Get("/secure", secure=True),
    "http2": Get("/http2", version="2"),
    "both": Get("/both", secure=True, version="2"),
}


async def capture(name: str, asks: Get, version: str) -> Capture:
    script = [Pause(0.01), StartTLS(oldest=version, newest=version), ReceiveRequest(), HELLO, Close()]
    story = scenario(client=asks, upstream=Peer(script, secure=True), reports=[], address=f"{name}/tls_{version[-1]}")
    case = Case(story)
    return capture_of(judge(case, await perform(case, gateway_named("reference"))))


async def test_both_sides_in_each_version(tmp_path: Path) -> None:
    """A pause lets the gateway speak first, before TLS takes the connection over."""
    captures = [await capture(name, asks, version) for version in ("1.2", "1.3") for name, asks in CLIENTS.items()]
    assert [each.transcript.failure for each in captures] == [""] * 6
    path = write(tmp_path / "both.pcapng", captures)
    seen = packets(path)
    assert not any(each.complaint or each.malformed or not each.sound for each in seen)
    assert not any("Application Data" in each.info or "Encrypted Alert" in each.info for each in seen)
    for each in captures:
        asks = each.name.partition("/")[0]
        own = [packet for packet in seen if packet.case == each.name]
        version = "http2" if asks != "secure" else "http"
        to_gateway = [packet for packet in own if (packet.source, packet.target) == (CLIENT, GATEWAY)]
        to_upstream = [packet for packet in own if (packet.source, packet.target) == (GATEWAY, UPSTREAM)]
        assert any(f"GET /{asks}" in packet.info and version in packet.protocols for packet in to_gateway)
        assert any(f"GET /{asks}" in packet.info and "tls" in packet.protocols for packet in to_upstream)
        assert any("tls" in packet.protocols for packet in to_gateway) is (asks != "http2")
        assert [packet.comment for packet in own if packet.comment][1] == f"request 1: GET /{asks}"
    stream = next(packet.stream for packet in seen if packet.source == CLIENT)
    assert "hello" in tshark(path, "-q", "-z", f"follow,tls,ascii,{stream}")


def test_what_no_chapter_brings(tmp_path: Path) -> None:
    """Transcripts that only somebody's editor can have made still are sound captures."""
    strange = {
        "no beginning": [client(What.SENT, ASKS), client(What.RECEIVED, FIVE_OF_20)],
        "octets after FIN": [client(What.OPENED), client(What.CLOSED), client(What.SENT, ASKS), client(What.ENDED)],
        "octets after RST": [client(What.OPENED), client(What.RESET), client(What.RECEIVED, b"x"), client(What.CLOSED)],
        "ended twice": [client(What.ENDED), client(What.ENDED), client(What.BROKEN), client(What.BROKEN)],
        "opened twice": [client(What.OPENED), client(What.SENT, ASKS), client(What.OPENED), client(What.SENT, ASKS)],
        "another hop": [
            replace(upstream(What.RECEIVED, ASKS, peer=999), hop=3),
            replace(upstream(What.SENT, b"?"), hop=3),
        ],
        "no octets": [client(What.SENT, b""), upstream(What.OPENED, b"")],
        "three megabytes": [upstream(What.RECEIVED, ASKS), upstream(What.SENT, bytes(3_000_001))],
        "both at once": [client(What.SENT, ASKS), client(What.CLOSED), client(What.ENDED), client(What.RESET)],
        "many": [client(What.SENT, ASKS, connection=number, request=number) for number in range(1, 300)],
    }
    captures = [
        capture_of(played(scenario(address=f"strange/{name.replace(' ', '_')}"), events, elapsed=0))
        for name, events in strange.items()
    ]
    seen = packets(write(tmp_path / "strange.pcapng", captures))
    assert not any(each.complaint or each.malformed or not each.sound for each in seen)
    sent = sum(each.length for each in seen if each.case == "strange/three_megabytes" and each.source == UPSTREAM)
    assert sent == 3_000_001
    assert {each.case for each in seen} == {each.name for each in captures}


def test_names_times_and_what_was_not_kept(tmp_path: Path) -> None:
    judgement = played(
        scenario(),
        [
            client(What.OPENED),
            client(What.SENT, ASKS),
            upstream(What.OPENED),
            upstream(What.RECEIVED, b"\x16\x03"),
        ],
    )
    over = [Octets(5_000_000, 1, 1, 1, sent, data) for sent, data in ((False, b""), (True, b"abc"), (False, b""))]
    told = replace(judgement.transcript, connecting=(Connecting(400_001, 1, 1, 1),), wire=tuple(over))
    path = write(tmp_path / "one.pcapng", [Capture(told, "a/b", "said \x1b[31m\u202e")] * 2)
    seen = packets(path)
    assert [each.time for each in seen if "S" in each.flags and each.source == CLIENT] == ["0.000400001", "1.000400001"]
    assert all(each.sound for each in seen)
    assert any(each.comment.startswith("there was too much") for each in seen)
    assert r"said \\x1b[31m\\u202e" in seen[0].comment or r"said \x1b[31m\u202e" in seen[0].comment
    names = tshark(path, "-N", "n", "-T", "fields", "-e", "ip.src_host", "-e", "tcp.dstport")
    assert {"client.test\t80", "gateway.test\t443"} <= set(names.splitlines())
    assert "upstream-1.test" in names
