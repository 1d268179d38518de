"""HTML as text, built so that nothing gets in unescaped: what is text is escaped, what is `Markup` is not."""

import html
from collections.abc import Iterable
from importlib.resources import files

from lab.show.escape import visible


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Part = str | Markup | Iterable["Part"]


def safe(part: Part) -> Markup:
    """What is not `Markup` escaped, and with nothing in it that steers a terminal or turns a line around."""
    if isinstance(part, Markup):
        return part
    if isinstance(part, str):
        return Markup(html.escape(visible(part)))
    return Markup("".join(map(safe, part)))


def tag(name: str, *parts: Part, **attributes: str) -> Markup:
    """An element. Attributes: `class_="x"` for class, `aria_label="y"` for aria-label."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{safe(value)}"' for key, value in attributes.items() if value
    )
    return Markup(f"<{name}{given}>{safe(parts)}</{name}>")


def style_sheet(package: str) -> str:
    """What the pages of performances and of the grid have in common (colours, light and dark), then the `page.css`
    of this package."""
    sheets = (files("lab.show").joinpath("base.css"), files(package).joinpath("page.css"))
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
