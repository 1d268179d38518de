"""A picture read back: its texts with the room that they take, and what must hold of every picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

from lab.show.svg.measure import BYTES_SIZE, LARGE_SIZE, SIZE, SMALL_SIZE, width

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """One text, and its box in pixels, as wide as it can be in any usual font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    classes: frozenset[str]

    def over(self, other: "Text") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 1 and min(self.bottom, other.bottom) - max(self.top, other.top) > 1


def texts(drawn: str) -> list[Text]:
    """Every text of a picture, in the order in which they are drawn."""
    return list(_texts(ElementTree.fromstring(drawn)))


def _texts(root: ElementTree.Element) -> Iterator[Text]:
    for each in root.iter(f"{_SVG}text"):
        said = "".join(each.itertext())
        classes = frozenset((each.get("class") or "").split())
        octets = "bytes" in classes
        size = (
            BYTES_SIZE if octets else SMALL_SIZE if "small" in classes else LARGE_SIZE if "large" in classes else SIZE
        )
        wide = width(said, size, octets=octets, strong="strong" in classes)
        x, y = float(each.get("x") or 0), float(each.get("y") or 0)
        left = x - wide if "end" in classes else x - wide / 2 if "middle" in classes else x
        yield Text(said, left, left + wide, y - 0.75 * size, y + 0.2 * size, classes)


def fits(drawn: str) -> None:
    """A picture is valid XML, no text runs out of it, and none over another."""
    root = ElementTree.fromstring(drawn)
    wide, high = float(root.get("width") or 0), float(root.get("height") or 0)
    found = list(_texts(root))
    for each in found:
        assert each.text.isprintable()
        assert each.left >= 0, each
        assert each.right <= wide, each
        assert each.top >= 0, each
        assert each.bottom <= high, each
    from_the_top = sorted(found, key=lambda each: each.top)
    for place, one in enumerate(from_the_top):
        for other in islice(from_the_top, place + 1, None):
            if other.top >= one.bottom:
                break
            assert not one.over(other), (one, other)
