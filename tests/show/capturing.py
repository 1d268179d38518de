"""Performances to export, and what tshark, which did not write them, reads in captures of ours."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from lab.performance import perform
from lab.performance.many import side_by_side
from lab.scenario import Case
from lab.show.pcapng import Capture, pcapng
from lab.transcript import Transcript
from lab.verdict import Judgement, judge

TSHARK = shutil.which("tshark")
needs_tshark = pytest.mark.skipif(TSHARK is None, reason="tshark is missing (apt-get install tshark)")

CLIENT, GATEWAY, UPSTREAM = "client", "gateway", "upstream"
_PARTIES = {"1": CLIENT, "2": GATEWAY}
_FIELDS = (
    "frame.interface_name", "ip.src", "ip.dst", "tcp.stream", "tcp.flags.str", "tcp.len", "tcp.analysis.flags",
    "tcp.checksum.status", "ip.checksum.status", "_ws.malformed", "frame.protocols", "_ws.col.Info", "frame.comment",
    "frame.time_epoch",
)  # fmt: skip


@dataclass(frozen=True)
class Packet:
    """What tshark says of one packet. `case`: its interface. `flags`: letters, such as "SA". `complaint`: what the
    analysis of TCP finds wrong. `malformed`: whether a dissector gave up."""

    case: str
    source: str
    target: str
    stream: int
    flags: str
    length: int
    complaint: bool
    sound: bool
    malformed: bool
    protocols: tuple[str, ...]
    info: str
    comment: str
    time: str


async def performed(cases: Iterable[Case]) -> list[Judgement]:
    """These cases on the reference gateway, those that it can play, without their controls."""
    gateway = gateway_named("reference")
    playable = {case.name: case for case in cases if not case.needs - gateway.offers}
    found: dict[str, Judgement] = {}
    async for name, transcript in side_by_side((_named(case, gateway) for case in playable.values()), 8):
        found[name] = judge(playable[name], transcript)
    return [found[name] for name in playable]


async def _named(case: Case, gateway: Gateway) -> tuple[str, Transcript]:
    return case.name, await perform(case, gateway)


def write(path: Path, captures: Iterable[Capture]) -> Path:
    with path.open("wb") as file:
        file.writelines(pcapng(captures))
    return path


def tshark(path: Path, *more: str) -> str:
    assert TSHARK is not None
    checks = ("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE")
    run = subprocess.run([TSHARK, "-r", path, *checks, *more], capture_output=True, timeout=60, check=True)
    return run.stdout.decode()


def packets(path: Path) -> list[Packet]:
    fields = [part for field in _FIELDS for part in ("-e", field)]
    return [_packet(line.split("\t")) for line in tshark(path, "-n", "-T", "fields", *fields).splitlines()]


def _packet(row: list[str]) -> Packet:
    case, source, target, stream, flags, length, flagged, tcp, ip, malformed, protocols, info, comment, time = row
    return Packet(
        case, _party(source), _party(target), int(stream), flags.replace("·", "").replace("*", ""), int(length),
        bool(flagged), (tcp, ip) == ("1", "1"), bool(malformed), tuple(protocols.split(":")), info, comment, time,
    )  # fmt: skip


def _party(address: str) -> str:
    return _PARTIES.get(address.rpartition(".")[2], UPSTREAM)
