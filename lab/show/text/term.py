"""A word of the glossary, as people read it."""

from collections.abc import Iterator

from lab.show.text.lines import Line, Span, Style, line, wrapped
from lab.words import Term


def explained(term: Term, width: int) -> Iterator[Line]:
    """A word, its other names, its sentence, where to see it, where it is defined."""
    also = f" ({', '.join(term.aliases)})" if term.aliases else ""
    yield from wrapped(line(Span(term.term, Style.STRONG), f"{also}: {term.says}"), width, "  ")
    if term.example:
        yield line("  See it: ", Span(f"badgateway run {term.example}", Style.STRONG))
    for clause in term.clauses:
        yield from wrapped(line(Span(f"  {clause}, {clause.title}: {clause.url}", Style.QUIET)), width, "    ")
