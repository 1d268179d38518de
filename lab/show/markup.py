"""HTML as text, built so that nothing gets in unescaped: what is text is escaped, what is `Markup` is not."""

import html
from collections.abc import Iterable

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
