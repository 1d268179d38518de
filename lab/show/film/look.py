"""Sizes and places of a film's picture, large enough for the last row of a class room, and its own style sheet."""

from lab.show.svg.colours import PICTURE
from lab.show.svg.measure import wrapped

WIDE, HIGH = 1280, 720
LEFT, RIGHT = 40, WIDE - 40
HEADS, ROWS_TOP, ROWS_BOTTOM = 78, 128, 430
"""Of the diagram: where the parties stand, and where rows may be."""
PANEL_TOP, PANEL_BOTTOM = 468, 684
BAR = 698

SIZES = (16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 40)

_A_LITTLE = 3
"""So many sizes are about the same."""

FADE, WIPE, ROW_SECONDS = 0.35, 0.6, 0.8
"""Seconds that it takes to come or go; for an arrow to grow; from the beginning of one row to that of the next."""


def size(pixels: int) -> str:
    """The look of text of this size."""
    return f"s{pixels}"


def fitted(
    text: str, wide: float, high: float, sizes: tuple[int, ...], *, strong: bool = False
) -> tuple[int, list[str]]:
    """The largest of these sizes in which the text has room, and its lines; a little smaller, where that makes fewer
    lines of it; in the last size it is cut where it must be."""
    given = [(pixels, wrapped(text, wide, pixels, strong=strong)) for pixels in sizes]
    fit = [(pixels, lines) for pixels, lines in given if len(lines) * leading(pixels) <= high]
    if fit:
        return min(fit[:_A_LITTLE], key=lambda found: (len(found[1]), -found[0]))
    most = max(int(high / leading(sizes[-1])), 1)
    return sizes[-1], wrapped(text, wide, sizes[-1], lines=most, strong=strong)


def leading(pixels: int) -> float:
    """From one base line to the next."""
    return pixels * 1.3


def style_sheet() -> str:
    """What a film needs beyond the style sheet of all pictures. What has an end is hidden where nothing moves, so
    that the last picture stands there."""
    sizes = "".join(f".{PICTURE} .{size(pixels)}{{font-size:{pixels}px}}\n" for pixels in SIZES)
    return f"""{sizes}
.{PICTURE} .arrow{{stroke-width:3.2}}
.{PICTURE} .nothing{{stroke-dasharray:2 10;stroke-linecap:round}}
.{PICTURE} .shown{{animation:lab-in {FADE}s ease-out both}}
.{PICTURE} .to-right{{animation-name:lab-right}}
.{PICTURE} .to-left{{animation-name:lab-left}}
.{PICTURE} .steady{{animation-timing-function:linear}}
.{PICTURE} .passing{{opacity:0;animation:lab-in {FADE}s ease-out both,lab-out {FADE}s ease-in forwards}}
.{PICTURE} .passing.to-right,.{PICTURE} .passing.to-left{{opacity:0}}
.{PICTURE} .passing.to-right{{animation-name:lab-right,lab-out}}
.{PICTURE} .passing.to-left{{animation-name:lab-left,lab-out}}
@keyframes lab-in{{from{{opacity:0}}to{{opacity:1}}}}
@keyframes lab-out{{from{{opacity:1}}to{{opacity:0}}}}
@keyframes lab-right{{from{{opacity:0;clip-path:inset(-20px 100% -20px -20px)}}
  2%{{opacity:1}}to{{opacity:1;clip-path:inset(-20px)}}}}
@keyframes lab-left{{from{{opacity:0;clip-path:inset(-20px -20px -20px 100%)}}
  2%{{opacity:1}}to{{opacity:1;clip-path:inset(-20px)}}}}
@media (prefers-reduced-motion:reduce){{.{PICTURE} .shown,.{PICTURE} .passing{{animation:none!important}}}}
@media print{{.{PICTURE} .shown,.{PICTURE} .passing{{animation:none!important}}}}
"""
