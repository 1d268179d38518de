"""Captures by themselves, without another program: blocks that fit, pieces that stream, nothing unsafe in a comment."""

import struct
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lab.scenario import Case
from lab.script import ReceiveRequest, Send, UnixSocket
from lab.show.pcapng import Capture, capture_of, pcapng
from lab.transcript import Octets, Transcript, What
from lab.verdict import judge
from tests.show.staged import ASKS, broken_promise, client, played, scenario, upstream
from tests.show.test_show_saved import TRANSCRIPTS

SECTION, INTERFACE, NAMES, PACKET, SECRETS = 0x0A0D0D0A, 1, 4, 6, 10
FLAGS, RST = 20 + 13, 4
MANY = 8 << 20


def blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body of each; both of its lengths must say the same."""
    while data:
        kind, length = struct.unpack_from("<II", data)
        assert length % 4 == 0
        assert struct.unpack_from("<I", data, length - 4) == (length,)
        yield kind, data[8 : length - 4]
        data = data[length:]


def comments(body: bytes) -> Iterator[str]:
    """Of a packet."""
    size = struct.unpack_from("<I", body, 12)[0]
    rest = body[20 + size + (-size % 4) :]
    while rest:
        code, length = struct.unpack_from("<HH", rest)
        if code == 1:
            yield rest[4 : 4 + length].decode()
        rest = rest[4 + length + (-length % 4) :]


def test_a_performance() -> None:
    data = b"".join(pcapng([capture_of(broken_promise())]))
    found = list(blocks(data))
    assert [kind for kind, _ in found][:3] == [SECTION, INTERFACE, NAMES]
    assert {kind for kind, _ in found[3:]} == {PACKET}
    said = [says for kind, body in found if kind == PACKET for says in comments(body)]
    assert said == [
        "first/broken_promise on reference 0.1.0 stream: keeps the rule",
        "request 1: GET /report",
        "THE FAULT: 15 bytes are missing",
    ]
    assert b"".join(pcapng([capture_of(broken_promise())])) == data


def test_one_that_was_not_performed_still_has_its_place() -> None:
    nothing = capture_of(played(scenario(), [], asked=()))
    kinds = [kind for kind, _ in blocks(b"".join(pcapng([nothing, capture_of(broken_promise())])))]
    assert kinds.count(INTERFACE) == 2
    assert kinds[1:5] == [INTERFACE, NAMES, INTERFACE, NAMES]


def test_a_unix_socket_is_said_to_be_one() -> None:
    story = scenario(upstream=UnixSocket([ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n\r\n")]), reports=[])
    transcript = played(story, [upstream(What.OPENED), upstream(What.RECEIVED, ASKS)]).transcript
    data = b"".join(pcapng([capture_of(judge(Case(story), transcript))]))
    said = [says for kind, body in blocks(data) if kind == PACKET for says in comments(body)]
    assert any("Unix socket" in says for says in said)


@pytest.mark.parametrize(("alert", "resets"), [("bad_record_mac", 0), ("close_notify", 1)])
def test_what_tls_calls_broken_is_no_reset(alert: str, resets: int) -> None:
    events = [client(What.OPENED), client(What.ALERT_RECEIVED, detail=alert), client(What.BROKEN, detail="so it is")]
    judgement = played(scenario(), [*events, client(What.ENDED)])
    wire = tuple(Octets(1_000_001, 0, 1, 1, False, data) for data in (b"", b"alert"))
    capture = capture_of(replace(judgement, transcript=replace(judgement.transcript, wire=wire)))
    found = [body for kind, body in blocks(b"".join(pcapng([capture]))) if kind == PACKET]
    assert sum(bool(body[20 + FLAGS] & RST) for body in found) == resets
    assert ("TLS failed: so it is" in [says for body in found for says in comments(body)]) is not bool(resets)


def test_secrets_stand_before_the_packets_that_need_them() -> None:
    lines = tuple(f"CLIENT_RANDOM {number:064x} {number:096x}" for number in range(250))
    capture = capture_of(broken_promise())
    capture = replace(capture, transcript=replace(capture.transcript, secrets=lines))
    found = list(blocks(b"".join(pcapng([capture]))))
    kinds = [kind for kind, _ in found]
    assert kinds.index(PACKET) > max(place for place, kind in enumerate(kinds) if kind == SECRETS)
    log = b"".join(body[8:].rstrip(b"\0") for kind, body in found if kind == SECRETS)
    assert log.decode().splitlines() == list(lines)


@pytest.mark.parametrize("way", [What.SENT, What.RECEIVED])
def test_it_streams(way: What) -> None:
    """Neither a piece nor all that is held grows with the content."""
    capture = capture_of(played(scenario(), [client(What.SENT, ASKS), upstream(way, bytes(MANY))]))
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in pcapng([capture])]
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) > MANY
    assert max(sizes) <= 65_536
    assert held < 1 << 20


@settings(max_examples=40)
@given(some.lists(TRANSCRIPTS, max_size=2), some.text())
def test_whatever_a_file_holds_can_be_captured(transcripts: list[Transcript], text: str) -> None:
    captures = [Capture(each, text, text) for each in transcripts]
    found = list(blocks(b"".join(pcapng(captures))))
    assert [kind for kind, _ in found].count(INTERFACE) == len(transcripts)
    for kind, body in found:
        for says in comments(body) if kind == PACKET else ():
            assert says.isprintable()
