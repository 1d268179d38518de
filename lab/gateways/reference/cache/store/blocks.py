"""Octets in memory, in blocks: few of them, whatever the size of the pieces that came."""

BLOCK = 65_536


class Blocks:
    """Written at the end, read from anywhere."""

    __slots__ = ("_full", "_last")

    def __init__(self) -> None:
        self._full: list[bytes] = []
        self._last: bytes | bytearray = b""

    def add(self, data: bytes) -> None:
        if not self._last and len(data) <= BLOCK:
            self._last = data  # nearly always all there will be
            return
        if not isinstance(self._last, bytearray):
            self._last = bytearray(self._last)
        self._last += data
        if len(self._last) >= BLOCK:
            whole = len(self._last) // BLOCK * BLOCK
            with memoryview(self._last) as view:
                self._full += (bytes(view[start : start + BLOCK]) for start in range(0, whole, BLOCK))
            self._last = self._last[whole:]

    def freeze(self) -> None:
        """Nothing more will be added."""
        self._last = bytes(self._last)

    def at(self, offset: int) -> bytes:
        """From there to the end of its block."""
        number, start = divmod(offset, BLOCK)
        block = self._full[number] if number < len(self._full) else self._last
        return bytes(block[start:]) if start or not isinstance(block, bytes) else block
