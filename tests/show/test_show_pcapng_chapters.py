"""Every chapter as a capture: tshark finds nothing wrong with TCP, decrypts all of TLS, and sees what was recorded."""

import errno
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.catalogue import load
from lab.scenario import Case
from lab.show.pcapng import capture_of
from lab.transcript import CLIENT_HOP, Transcript, What
from lab.verdict import Judgement
from tests.show.capturing import CLIENT, GATEWAY, UPSTREAM, Packet, needs_tshark, packets, performed, write

pytestmark = [pytest.mark.anyio, needs_tshark]

CHAPTERS = {entry.name: entry.scenarios for entry in load().chapters}
_LOST = {os.strerror(code) for code in (errno.ECONNRESET, errno.EPIPE, errno.ETIMEDOUT)}


@pytest.mark.parametrize("chapter", CHAPTERS)
async def test_a_chapter(chapter: str, tmp_path: Path, subtests: pytest.Subtests) -> None:
    """The first variant of each scenario, as far as it can be played here."""
    judgements = await performed(Case(scenario, scenario.variants[0]) for scenario in CHAPTERS[chapter])
    seen = packets(write(tmp_path / "chapter.pcapng", map(capture_of, judgements)))
    assert {packet.case for packet in seen} == {judgement.case.name for judgement in judgements}
    with subtests.test("TCP is as it should be"):
        assert [packet for packet in seen if packet.complaint or not packet.sound] == []
    with subtests.test("only a fault keeps a dissector from reading"):
        faulty = {packet.stream for packet in seen if "THE FAULT" in packet.comment}
        assert [packet for packet in seen if packet.malformed and packet.stream not in faulty] == []
    with subtests.test("TLS is decrypted"):
        secured = {each.case.name for each in judgements if is_secured(each.transcript)}
        hidden = ("Application Data", "Encrypted Alert", "Encrypted Handshake")
        closed = [packet for packet in seen if any(words in packet.info for words in hidden)]
        assert [packet for packet in closed if packet.case in secured] == []
        assert secured <= {packet.case for packet in seen if {"tls", "http"} <= set(packet.protocols)}
    with subtests.test("each connection ends as it was recorded"):
        assert Counter(ends_seen(seen)) == Counter(end for each in judgements for end in ends_recorded(each))
    with subtests.test("what took effect is said at a packet"):
        said = {judgement.case.name: "" for judgement in judgements}
        for packet in seen:
            said[packet.case] += packet.comment
        assert [
            says for each in judgements for says in delivered(each.transcript) if says not in said[each.case.name]
        ] == []
    with subtests.test("every octet is there"):
        assert Counter(octets_seen(seen)) == Counter(
            {key: count for each in judgements for key, count in octets_recorded(each).items() if count}
        )


def is_secured(transcript: Transcript) -> bool:
    """Whether TLS was spoken and no handshake failed: the secrets of one that did are not known to both ends."""
    return transcript.happened(What.SECURED) and not transcript.happened(What.HANDSHAKE_FAILED)


def ends_seen(seen: list[Packet]) -> Iterator[tuple[str, str, str]]:
    for packet in seen:
        for flag, name in (("F", "FIN"), ("R", "RST")):
            if flag in packet.flags:
                yield packet.case, packet.source, name


def ends_recorded(judgement: Judgement) -> Iterator[tuple[str, str, str]]:
    for event in judgement.transcript.events:
        lab = CLIENT if event.hop == CLIENT_HOP else UPSTREAM
        match event.what:
            case What.CLOSED:
                yield judgement.case.name, lab, "FIN"
            case What.ENDED:
                yield judgement.case.name, GATEWAY, "FIN"
            case What.RESET | What.REFUSED:
                yield judgement.case.name, lab, "RST"
            case What.BROKEN if event.detail in _LOST:  # not what TLS calls broken
                yield judgement.case.name, GATEWAY, "RST"


def delivered(transcript: Transcript) -> list[str]:
    return [event.detail for event in transcript.events if event.what is What.DELIVERED]


def octets_seen(seen: list[Packet]) -> dict[tuple[str, str, str], int]:
    found: Counter[tuple[str, str, str]] = Counter()
    for packet in seen:
        if packet.length:
            found[packet.case, packet.source, packet.target] += packet.length
    return found


def octets_recorded(judgement: Judgement) -> dict[tuple[str, str, str], int]:
    """What went over the wire, by direction: of TLS, the octets of the wire."""
    transcript = judgement.transcript
    begun = {(each.hop, each.connection): each.at for each in reversed(transcript.wire)}
    found: Counter[tuple[str, str, str]] = Counter()
    for event in transcript.events:
        if event.what in (What.SENT, What.RECEIVED) and event.at < begun.get((event.hop, event.connection), 2**63):
            found[judgement.case.name, *_way(event.hop, sent=event.what is What.SENT)] += len(event.data)
    for each in transcript.wire:
        found[judgement.case.name, *_way(each.hop, sent=each.sent)] += len(each.data)
    return found


def _way(hop: int, *, sent: bool) -> tuple[str, str]:
    lab = CLIENT if hop == CLIENT_HOP else UPSTREAM
    return (lab, GATEWAY) if sent else (GATEWAY, lab)
