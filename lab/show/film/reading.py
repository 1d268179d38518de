"""How long a caption stays: long enough to be read aloud, calmly."""

import re

WORDS_A_SECOND = 2.5
TURN = 1.0
"""Seconds for the eyes to find a new caption."""

_END = re.compile(r'(?<=[.?!])["”]? +(?=["“]?[A-Z0-9])')


def seconds_for(text: str, *, goes_on: bool = False) -> float:
    """For one caption, to a tenth. `goes_on`: it stands under the one before, where the eyes are already."""
    return round((0 if goes_on else TURN) + len(text.split()) / WORDS_A_SECOND, 1)


def sentences(text: str) -> list[str]:
    """The sentences of a text that may be several paragraphs."""
    found: list[str] = []
    for paragraph in text.split("\n\n"):
        flat, start = " ".join(paragraph.split()), 0
        for end in _END.finditer(flat):
            found.append(flat[start : end.end()].strip())
            start = end.end()
        found.append(flat[start:].strip())
    return [each for each in found if each]
