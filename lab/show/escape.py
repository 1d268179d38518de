"""What came over a wire, made safe to show: it can move no cursor, change no colour and turn no line around.

Both functions write what cannot be shown as Python would write it in a literal, so that bytes look as they do in a
scenario file.
"""

from collections.abc import Iterator


def visible(text: str) -> str:
    """Text in which every character can be seen: controls, terminal escapes, direction marks, lone surrogates and
    white space other than SP are written as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def octets(data: bytes) -> str:
    r"""Bytes as in a bytes literal, without its quotes: `Host: lab.test\r\n`. Different bytes never look the same."""
    return "".join(_OCTETS[octet] for octet in data)


def _octet(octet: int) -> str:
    named = {0x5C: "\\\\", 0x0D: "\\r", 0x0A: "\\n", 0x09: "\\t"}
    return named.get(octet) or (chr(octet) if 0x20 <= octet < 0x7F else f"\\x{octet:02x}")


_OCTETS = tuple(map(_octet, range(256)))


def wire_lines(data: bytes) -> Iterator[bytes]:
    """Cut after each LF, which stays at its line's end: one wire line each, the last perhaps without."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end]
        start = end
