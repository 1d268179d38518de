"""The blocks of a pcapng file, as octets: little-endian, each padded to 32 bits."""

import struct
from collections.abc import Iterable, Mapping
from enum import IntEnum


class Block(IntEnum):
    """The types of block that are written here."""

    INTERFACE = 1
    NAME_RESOLUTION = 4
    ENHANCED_PACKET = 6
    DECRYPTION_SECRETS = 10
    SECTION = 0x0A0D0D0A


RAW_IP = 101
"""The link type: each packet begins with its IP header."""

MOST_TIME = 2**64 - 1
_BYTE_ORDER, _VERSION, _LENGTH_UNKNOWN = 0x1A2B3C4D, (1, 0), -1
_END, _COMMENT = 0, 1
_USER_APPLICATION = 4
_NAME, _DESCRIPTION, _RESOLUTION = 2, 3, 9
_NANOSECONDS = bytes([9])
_ADDRESS = 1
_TLS_KEY_LOG = 0x544C534B
_LONGEST = 20_000


def section(comment: str, application: str) -> bytes:
    """What a file begins with."""
    fixed = struct.pack("<IHHq", _BYTE_ORDER, *_VERSION, _LENGTH_UNKNOWN)
    return _block(Block.SECTION, fixed, _options([(_COMMENT, _text(comment)), (_USER_APPLICATION, _text(application))]))


def interface(name: str, description: str) -> bytes:
    """Where packets were seen, with times in nanoseconds; the first one has the number 0."""
    options = [(_NAME, _text(name)), (_DESCRIPTION, _text(description)), (_RESOLUTION, _NANOSECONDS)]
    return _block(Block.INTERFACE, struct.pack("<HHI", RAW_IP, 0, 0), _options(options))


def names(found: Mapping[bytes, str]) -> bytes:
    """What addresses of IPv4 are called."""
    records = b"".join(_record(_ADDRESS, address + name.encode() + b"\0") for address, name in found.items())
    return _block(Block.NAME_RESOLUTION, records + _record(_END, b""))


def secrets(lines: Iterable[str]) -> bytes:
    """What decrypts the packets that follow: lines of a key log."""
    log = "".join(f"{line}\n" for line in lines).encode("ascii", "replace")
    return _block(Block.DECRYPTION_SECRETS, struct.pack("<II", _TLS_KEY_LOG, len(log)) + _padded(log))


def packet(number: int, at: int, data: bytes, comments: Iterable[str] = ()) -> bytes:
    """A packet at an interface, `at` nanoseconds since 1970."""
    time = min(at, MOST_TIME)
    fixed = struct.pack("<IIIII", number, time >> 32, time & 0xFFFFFFFF, len(data), len(data))
    return _block(Block.ENHANCED_PACKET, fixed + _padded(data), _options((_COMMENT, _text(each)) for each in comments))


def _block(kind: Block, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body) + 12
    return b"".join((struct.pack("<II", kind, size), body, struct.pack("<I", size)))


def _options(given: Iterable[tuple[int, bytes]]) -> bytes:
    written = b"".join(_record(code, value) for code, value in given)
    return written + _record(_END, b"") if written else b""


def _record(code: int, value: bytes) -> bytes:
    return struct.pack("<HH", code, len(value)) + _padded(value)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _text(text: str) -> bytes:
    """As UTF-8, cut where it is too long."""
    return text.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").encode()
