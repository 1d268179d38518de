"""What tshark, which did not write them, reads in captures of ours."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab.show.pcapng import Capture, pcapng

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
