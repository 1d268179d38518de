"""How wide text is, in the fonts of the pictures, without a font at hand.

Octets stand in columns of a monospaced font. The width of words is taken from above: no usual font without serifs
is wider, so that what was measured always fits.
"""

import unicodedata
from functools import lru_cache

from lab.show.escape import visible

SIZE, BYTES_SIZE, SMALL_SIZE, LARGE_SIZE = 13, 12, 11, 16
"""Pixels, of `words`, of `bytes`, of what is `small` and of what is `large`."""

COLUMN = 0.605
"""The width of a column in a monospaced font, of its size."""

# Of the widest usual font, by how wide its characters are; all others of ASCII are as wide as a capital.
_WIDTHS = {
    0.30: "ijlIJ'", 0.34: " .,:;|/\\", 0.40: "ft()[]!-", 0.42: "r", 0.50: "\"_*`", 0.56: "csz?", 0.60: "kvxyL",
    0.64: "abdeghnopqu0123456789{}$", 0.84: "w+=<>~#^&", 1.0: "mMW@%",
}  # fmt: skip
_CAPITAL, _ELSE, _STRONG = 0.79, 0.72, 1.13


def columns(text: str) -> int:
    """How many columns text takes in a monospaced font: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


_EM = {char: em for em, chars in _WIDTHS.items() for char in chars}


@lru_cache(maxsize=1024)
def _em(char: str) -> float:
    if char.isascii():
        return _EM.get(char, _CAPITAL)
    return 1.0 if char in "…—→←≈" else max(_ELSE, 1.05 * (_columns(char) - 1))


def width(text: str, size: float = SIZE, *, octets: bool = False, strong: bool = False) -> float:
    """Pixels at most. `octets`: in the monospaced font. `strong`: semibold."""
    if octets:
        return columns(text) * COLUMN * size
    return sum(map(_em, text)) * size * (_STRONG if strong else 1)


def fitting(text: str, most: float, size: float = SIZE, *, octets: bool = False, strong: bool = False) -> str:
    """The text, visible, in at most so many pixels; what was cut off shows as one `…`."""
    text = visible(text)
    if width(text, size, octets=octets, strong=strong) <= most:
        return text
    room = most - width("…", size, octets=octets, strong=strong)
    used, kept = 0.0, 0
    for char in text:
        used += width(char, size, octets=octets, strong=strong)
        if used > room:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def wrapped(text: str, most: float, size: float = SIZE, *, lines: int = 0, strong: bool = False) -> list[str]:
    """Words in lines of at most so many pixels; a word too long is broken. `lines`: at most so many, the last cut."""
    return list(_wrapped(text, most, size, lines, strong))


@lru_cache(maxsize=256)
def _wrapped(text: str, most: float, size: float, lines: int, strong: bool) -> tuple[str, ...]:
    """Kept, since layout and drawing ask for the same."""
    rows: list[str] = []
    space = width(" ", size, strong=strong)
    used = most + 1
    for word in visible(text).split(" "):
        wide = width(word, size, strong=strong)
        if rows and used + space + wide <= most:
            rows[-1] += " " + word
            used += space + wide
        else:
            rows.append(word)
            used = wide
        while used > most and len(rows[-1]) > 1:
            begin = _beginning(rows[-1], most, size, strong=strong)
            rows[-1:] = [begin, rows[-1][len(begin) :]]
            used = width(rows[-1], size, strong=strong)
        if lines and len(rows) > lines:
            return (*rows[: lines - 1], fitting(f"{rows[lines - 1]} …", most, size, strong=strong))
    return tuple(rows)


def _beginning(text: str, most: float, size: float, *, strong: bool) -> str:
    """As much of it as fits, one character at least."""
    used = 0.0
    for place, char in enumerate(text):
        used += width(char, size, strong=strong)
        if used > most and place:
            return text[:place]
    return text
