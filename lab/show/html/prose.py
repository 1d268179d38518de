"""Stories as paragraphs."""

from collections.abc import Iterator

from lab.show.markup import Markup, tag


def prose(text: str) -> Iterator[Markup]:
    """Paragraphs, divided by empty lines; lines that begin with white space stay as they are."""
    for block in text.strip("\n").expandtabs(4).split("\n\n"):
        rows = block.splitlines()
        if any(row.startswith(" ") for row in rows):
            yield tag("pre", *(part for row in rows for part in (row.rstrip(), Markup("\n"))))
        elif block.strip():
            yield tag("p", " ".join(row.strip() for row in rows))
