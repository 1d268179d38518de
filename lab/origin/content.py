"""What representations consist of: bytes, or octets that are made when they are asked for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

PIECE = 65_536  # octets that are made, and sent, at once

_REST = (b"The rest of a block is the same everywhere: it is there to be large. " * 950)[: PIECE - 15] + b"\n"


@dataclass(frozen=True)
class Numbered:
    """So many octets, however many, without any of them being kept: blocks of 65,536 that begin with their number."""

    length: int

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self.length)
        first, last = start // PIECE, (max(stop, start + 1) - 1) // PIECE
        blocks = b"".join(b"block%8d\n%b" % (number, _REST) for number in range(first, last + 1))
        return blocks[start - first * PIECE : stop - first * PIECE]


Content = bytes | Numbered


@dataclass(frozen=True)
class Part:
    """Some of the octets of some content."""

    content: Content
    positions: range

    def pieces(self) -> Iterator[bytes]:
        for start in range(self.positions.start, self.positions.stop, PIECE):
            yield self.content[start : min(start + PIECE, self.positions.stop)]


def whole(content: Content) -> Part:
    return Part(content, range(len(content)))


def digest(content: Content) -> str:
    """What tells this content apart from any other."""
    return f"numbered-{len(content)}" if isinstance(content, Numbered) else hashlib.sha256(content).hexdigest()[:16]
