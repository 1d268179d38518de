"""Pieces of HTML: names that can be linked to, the class of a style."""

from lab.show.text.lines import Style

_TONES = {Style.GOOD: "good", Style.PLAIN: "plain", Style.BAD: "bad", Style.QUIET: "quiet"}


def anchor(name: str) -> str:
    """A name that may stand in an id and in a fragment; no two are alike."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else f".{ord(char):x}." for char in name)


def tone(style: Style) -> str:
    """The class by which the page's style sheet knows a style."""
    return _TONES.get(style, "doubt")
