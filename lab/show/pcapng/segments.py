"""TCP segments in packets of IPv4, as octets, with their checksums."""

import struct
from dataclasses import dataclass
from enum import IntFlag

LARGEST = 1 << 15
"""So many octets are in one segment at most: what a machine without a network card to fill sends at once."""

_TCP, _HOPS, _DO_NOT_FRAGMENT = 6, 64, 0x4000
_IP_HEADER = 20
_WINDOW = 0xFFFF
_OPTIONS = struct.pack(">BBHBBBB", 2, 4, LARGEST, 1, 3, 3, 14)  # largest segment; no operation; window scale


class Flag(IntFlag):
    """Of a segment."""

    FIN = 1
    SYN = 2
    RST = 4
    PSH = 8
    ACK = 16


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of a conversation. `address`: of IPv4."""

    address: bytes
    port: int


def segment(source: Endpoint, target: Endpoint, sequence: int, acknowledged: int, flags: Flag, data: bytes) -> bytes:
    """The packet of one segment."""
    options = _OPTIONS if flags & Flag.SYN else b""
    ends = struct.pack(">HH", source.port, target.port)
    numbers = struct.pack(">II", sequence & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF)
    offset = (5 + len(options) // 4) << 4
    window = 0 if flags & Flag.RST else _WINDOW
    before = ends + numbers + struct.pack(">BBH", offset, flags, window)
    length = len(before) + 4 + len(options) + len(data)
    pseudo = source.address + target.address + struct.pack(">BBH", 0, _TCP, length)
    checksum = _checksum(pseudo + before + bytes(4) + options + data)
    return _header(source, target, length) + before + struct.pack(">HH", checksum, 0) + options + data


def _header(source: Endpoint, target: Endpoint, length: int) -> bytes:
    begin = struct.pack(">BBHHHBB", 0x45, 0, _IP_HEADER + length, 0, _DO_NOT_FRAGMENT, _HOPS, _TCP)
    ends = source.address + target.address
    return begin + struct.pack(">H", _checksum(begin + ends)) + ends


def _checksum(data: bytes) -> int:
    """The ones' complement of the ones' complement sum of all 16-bit words.

    In that sum a carry comes back at the low end, so it is the remainder by 0xFFFF; only all zeros leave none.
    """
    padded = data if len(data) % 2 == 0 else data + b"\0"
    left = int.from_bytes(padded, "big") % 0xFFFF
    return ~(left or 0xFFFF) & 0xFFFF
