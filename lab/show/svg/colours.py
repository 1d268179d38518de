"""The one style sheet of all pictures: what a thing is (its tone), drawn as words, lines, solid shapes or soft areas.

Colours are written out for each scheme, without variables: every program that draws SVG understands that. On paper
the picture has no backgrounds. A colour only repeats what a word, a sign or a kind of line says.
"""

from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Tone(StrEnum):
    """What a thing in a picture is."""

    PLAIN = "plain"
    QUIET = "quiet"
    FAULT = "fault"  # stands with the sign !!
    WATCH = "watch"  # stands with the sign ??
    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"
    STORE = "store"
    NAME = "name"  # the four stages of the HTTP cycle
    CONNECTION = "connection"
    REQUEST = "request"
    RESPONSE = "response"


class Colour(NamedTuple):
    """`ink` for words, lines and solid shapes; `soft` for an area behind words."""

    ink: str
    soft: str


class Scheme(NamedTuple):
    """`paper` is behind everything, and the colour of words in a solid shape (`inverse`); `card` is behind what stands
    together, `rule` divides."""

    paper: str
    card: str
    rule: str
    tones: dict[Tone, Colour]


_RED, _AMBER = Colour("#a3201a", "#fbe3e0"), Colour("#744600", "#fbefd2")
LIGHT = Scheme(
    paper="#ffffff", card="#f6f5f2", rule="#c9c7c0",
    tones={
        Tone.PLAIN: Colour("#1c2127", "#edeff2"),
        Tone.QUIET: Colour("#59636e", "#f6f5f2"),
        Tone.FAULT: _RED,
        Tone.BAD: _RED,
        Tone.WATCH: _AMBER,
        Tone.DOUBT: _AMBER,
        Tone.GOOD: Colour("#17602f", "#e0f2e5"),
        Tone.STORE: Colour("#5b3a8c", "#efe8f8"),
        Tone.NAME: Colour("#59636e", "#e9ebee"),
        Tone.CONNECTION: Colour("#5b3a8c", "#e9dff6"),
        Tone.REQUEST: Colour("#1a5494", "#dbe9f8"),
        Tone.RESPONSE: Colour("#0f5f5c", "#d6eeec"),
    },
)  # fmt: skip

_DARK_RED, _DARK_AMBER = Colour("#ffada4", "#4a1f1c"), Colour("#f4cf7e", "#40320f")
DARK = Scheme(
    paper="#16181c", card="#1f2227", rule="#4a515b",
    tones={
        Tone.PLAIN: Colour("#e8e6e1", "#2b2f36"),
        Tone.QUIET: Colour("#a5adb7", "#1f2227"),
        Tone.FAULT: _DARK_RED,
        Tone.BAD: _DARK_RED,
        Tone.WATCH: _DARK_AMBER,
        Tone.DOUBT: _DARK_AMBER,
        Tone.GOOD: Colour("#a3e0b5", "#17382a"),
        Tone.STORE: Colour("#d3b8f7", "#34254a"),
        Tone.NAME: Colour("#a5adb7", "#2f343b"),
        Tone.CONNECTION: Colour("#d3b8f7", "#3a2a52"),
        Tone.REQUEST: Colour("#a9cdf6", "#1d3450"),
        Tone.RESPONSE: Colour("#94dbd6", "#143c3a"),
    },
)  # fmt: skip

PICTURE = "lab-picture"
"""The class of every picture: no rule reaches anything else on a page."""

_SHAPES = """
.lab-picture{max-width:100%;height:auto}
.lab-picture text{font-family:system-ui,sans-serif;font-size:13px}
.lab-picture .bytes{font-family:ui-monospace,monospace;font-size:12px}
.lab-picture .strong{font-weight:600}
.lab-picture .small{font-size:11px}
.lab-picture .large{font-size:16px}
.lab-picture .middle{text-anchor:middle}
.lab-picture .end{text-anchor:end}
.lab-picture .line{fill:none;stroke-width:1.4}
.lab-picture .thick{stroke-width:2.6}
.lab-picture .dashed{stroke-dasharray:6 4}
.lab-picture .dotted{stroke-dasharray:1.5 4.5;stroke-linecap:round}
"""


@cache
def style_sheet() -> str:
    """The rules for light, dark and paper."""
    dark = f"@media screen and (prefers-color-scheme:dark){{\n{_rules(DARK)}}}"
    bare = "".join(f".{PICTURE} .soft.{tone},.{PICTURE} .area.{tone}{{fill:none}}\n" for tone in Tone)
    paper = f".{PICTURE} .paper,.{PICTURE} .card{{fill:none}}\n"
    outlined = f".{PICTURE} .soft{{stroke-width:1}}\n"
    return f"{_SHAPES}{_rules(LIGHT)}{dark}\n@media print{{\n{paper}{bare}{outlined}}}\n"


def _rules(scheme: Scheme) -> str:
    """`soft` areas have a thin edge in their tone, so that they are there on paper, too; an `area` has none."""
    rules = [
        f".{PICTURE} .paper,.{PICTURE} .veil{{fill:{scheme.paper}}}",
        f".{PICTURE} .card{{fill:{scheme.card};stroke:{scheme.rule}}}",
        f".{PICTURE} .rule{{fill:none;stroke:{scheme.rule}}}",
        f".{PICTURE} .inverse{{fill:{scheme.paper}}}",
    ]
    for tone, colour in scheme.tones.items():
        rules += [
            f".{PICTURE} .words.{tone},.{PICTURE} .solid.{tone}{{fill:{colour.ink}}}",
            f".{PICTURE} .line.{tone}{{stroke:{colour.ink}}}",
            f".{PICTURE} .soft.{tone}{{fill:{colour.soft};stroke:{colour.ink};stroke-width:.6}}",
            f".{PICTURE} .area.{tone}{{fill:{colour.soft}}}",
        ]
    return "\n".join(rules) + "\n"
