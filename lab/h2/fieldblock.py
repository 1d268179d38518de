"""Field blocks (RFC 9113, 4.3; RFC 7541): written plainly, so that they can be read in a script; read by hpack."""

from collections.abc import Iterable, Mapping

Pairs = Mapping[bytes, bytes] | Iterable[tuple[bytes, bytes]]


def field_block(pairs: Pairs) -> bytes:
    """These field lines, each a literal that is never indexed, its octets as they are: no table, no Huffman code."""
    given = pairs.items() if isinstance(pairs, Mapping) else pairs
    return b"".join(b"\0" + _string(name) + _string(value) for name, value in given)


def _string(octets: bytes) -> bytes:
    """A string literal (RFC 7541, 5.2): its length with a prefix of seven bits, then its octets."""
    length = len(octets)
    if length < 127:
        return bytes((length,)) + octets
    length -= 127
    more = bytearray(b"\x7f")
    while length >= 128:
        more.append(length % 128 + 128)
        length //= 128
    more.append(length)
    return bytes(more) + octets


class Undecodable(Exception):
    """What keeps a field block from being decoded; from then on no other can be."""


class FieldBlocks:
    """Reads the field blocks of one direction, one after the other. `largest`: octets of a field section."""

    def __init__(self, largest: int) -> None:
        from hpack import Decoder  # slow to load, and not needed to write a script

        self._decoder = Decoder(max_header_list_size=largest)
        self._lost = False

    def table(self, size: int) -> None:
        """The dynamic table may have so many octets."""
        self._decoder.max_allowed_table_size = max(self._decoder.max_allowed_table_size, size)

    def read(self, block: bytes) -> list[tuple[bytes, bytes]]:
        """The field lines in a block. Raises Undecodable."""
        from hpack import HPACKError

        if self._lost:
            raise Undecodable("a field block before this one could not be decoded")
        try:
            return [(bytes(name), bytes(value)) for name, value in self._decoder.decode(block, raw=True)]
        except (HPACKError, IndexError, ValueError) as error:
            self._lost = True
            raise Undecodable(type(error).__name__) from None  # its text may hold an address in memory

    def lose(self) -> None:
        """A block has been left out: no other can be decoded."""
        self._lost = True
