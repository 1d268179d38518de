"""What every picture is made of. Text is escaped in one place (`lab.show.markup`); numbers are pixels.

A picture is valid XML for any text, needs no other file and has no id but those of its own title and description,
which are made of what it shows: many pictures can stand on one page. Same values in, same bytes out.
"""

from collections.abc import Iterable
from hashlib import sha256

from lab.show.markup import Markup, Part, safe, tag
from lab.show.svg.colours import PICTURE, Tone, style_sheet
from lab.show.svg.measure import BYTES_SIZE, SIZE, SMALL_SIZE, columns, fitting, width, wrapped

__all__ = [
    "BYTES_SIZE", "SIZE", "SMALL_SIZE", "Markup", "Tone", "area", "arrow_head", "box", "card", "circle", "columns",
    "fitting", "group", "inverse", "line", "number", "octets_row", "path", "picture", "rule", "solid", "veil", "width",
    "words", "wrapped",
]  # fmt: skip


def number(value: float) -> str:
    """A coordinate: at most one digit after the point."""
    return f"{value:.1f}".removesuffix(".0")


def words(x: float, y: float, text: str, tone: Tone = Tone.PLAIN, look: str = "") -> Markup:
    """One line of text; `y` is its base line. `look`: any of `strong small large middle end bytes`."""
    classes = f"words {tone} {look}".rstrip()
    return Markup(f'<text class="{classes}" x="{number(x)}" y="{number(y)}">{safe(text)}</text>')


def inverse(x: float, y: float, text: str, look: str = "") -> Markup:
    """One line of text in a solid shape, in the colour of the ground. `look`: as of `words`."""
    return Markup(f'<text class="{f"inverse {look}".rstrip()}" x="{number(x)}" y="{number(y)}">{safe(text)}</text>')


def octets_row(x: float, y: float, stretches: Iterable[tuple[str, Tone]], look: str = "bytes") -> Markup:
    """One line of text in several tones, one after the other."""
    inner = "".join(f'<tspan class="words {tone}">{safe(text)}</tspan>' for text, tone in stretches)
    return Markup(f'<text class="{look}" x="{number(x)}" y="{number(y)}">{inner}</text>')


def line(x1: float, y1: float, x2: float, y2: float, tone: Tone = Tone.PLAIN, look: str = "") -> Markup:
    """A straight line. `look`: any of `thick dashed dotted`."""
    return path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", tone, look)


def path(d: str, tone: Tone = Tone.PLAIN, look: str = "") -> Markup:
    """A line of any form, as the `d` of SVG."""
    return Markup(f'<path class="{f"line {tone} {look}".rstrip()}" d="{d}"/>')


def rule(x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A thin line that divides, in the colour of a rule."""
    return Markup(f'<path class="rule" d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"/>')


def solid(d: str, tone: Tone = Tone.PLAIN) -> Markup:
    """A filled shape."""
    return Markup(f'<path class="solid {tone}" d="{d}"/>')


def arrow_head(x: float, y: float, direction: int, tone: Tone = Tone.PLAIN) -> Markup:
    """A filled tip at this point. `direction`: 1 to the right, -1 to the left."""
    back = number(x - 9 * direction)
    return solid(f"M{number(x)} {number(y)}L{back} {number(y - 4.5)}L{back} {number(y + 4.5)}Z", tone)


def circle(x: float, y: float, radius: float, tone: Tone = Tone.PLAIN, kind: str = "line") -> Markup:
    """`kind`: `line`, `solid`, `soft`."""
    return Markup(f'<circle class="{kind} {tone}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>')


def box(x: float, y: float, wide: float, high: float, tone: Tone, radius: float = 4) -> Markup:
    """An area behind words, with a thin edge: on paper the edge alone is left."""
    return _rectangle(f"soft {tone}", x, y, wide, high, radius)


def area(x: float, y: float, wide: float, high: float, tone: Tone, radius: float = 0) -> Markup:
    """An area without an edge; on paper it is not there."""
    return _rectangle(f"area {tone}", x, y, wide, high, radius)


def card(x: float, y: float, wide: float, high: float, radius: float = 6) -> Markup:
    """Holds together what belongs together."""
    return _rectangle("card", x, y, wide, high, radius)


def veil(x: float, y: float, wide: float, high: float, radius: float = 2) -> Markup:
    """In the colour of the ground, so that words over a line can be read."""
    return _rectangle("veil", x, y, wide, high, radius)


def _rectangle(classes: str, x: float, y: float, wide: float, high: float, radius: float) -> Markup:
    round_ = f' rx="{number(radius)}"' if radius else ""
    at = f'x="{number(x)}" y="{number(y)}" width="{number(max(wide, 0))}" height="{number(max(high, 0))}"'
    return Markup(f'<rect class="{classes}" {at}{round_}/>')


def group(*parts: Part, class_: str = "", title: str = "") -> Markup:
    """Elements that belong together. `title`: what a pointer that rests on them is told."""
    return tag("g", *([tag("title", title)] if title else []), *parts, class_=class_)


def picture(title: str, desc: str, wide: float, high: float, body: Iterable[Part]) -> str:
    """One SVG document. `title`, `desc`: the picture in words, for those who cannot see it."""
    inside = safe(body)
    name = sha256(f"{title}\0{desc}\0{inside}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    w, h = number(wide), number(high)
    return tag(
        "svg",
        tag("title", title, id=f"title-{name}"),
        tag("desc", desc, id=f"desc-{name}"),
        tag("style", Markup(style_sheet())),
        Markup(f'<rect class="paper" width="{w}" height="{h}"/>'),
        inside,
        **{
            "xmlns": "http://www.w3.org/2000/svg", "class": PICTURE, "width": w, "height": h,
            "viewBox": f"0 0 {w} {h}", "role": "img", "aria-labelledby": f"title-{name} desc-{name}",
            "xml:space": "preserve",
        },
    )  # fmt: skip
