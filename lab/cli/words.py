"""badgateway words: what a word means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from lab.cli.completing import terms
from lab.cli.problems import Problem

if TYPE_CHECKING:
    from lab.show.text.lines import Line
    from lab.words import Term


@click.command("words")
@click.argument("term", required=False, nargs=-1, shell_complete=terms)
def command(term: tuple[str, ...]) -> None:
    """Explain a TERM in one plain sentence; without one, list all words.

    \b
    Example:  badgateway words closure alert
    """
    from lab.show.terminal import Terminal
    from lab.show.text.lines import line, wrapped
    from lab.words import TERMS, lookup, nearest

    terminal = Terminal()
    if not term:
        names = ", ".join(sorted((each.term for each in TERMS), key=str.casefold))
        terminal.show(wrapped(line(names), terminal.text_width))
        return
    wanted = " ".join(term)
    found = lookup(wanted)
    if found is None:
        alike = " or ".join(each.term for each in nearest(wanted))
        raise Problem(
            f"the glossary has no {wanted!r}"
            + (f"; did you mean {alike}?" if alike else "; badgateway words lists all")
        )
    terminal.show(explained(found, terminal.text_width))


def explained(term: "Term", width: int) -> "Iterator[Line]":
    """A word, its other names, its sentence, where to see it, where it is defined."""
    from lab.show.text.lines import Span, Style, line, wrapped

    also = f" ({', '.join(term.aliases)})" if term.aliases else ""
    yield from wrapped(line(Span(term.term, Style.STRONG), f"{also}: {term.says}"), width, "  ")
    if term.example:
        yield line("  See it: ", Span(f"badgateway run {term.example}", Style.STRONG))
    for clause in term.clauses:
        yield from wrapped(line(Span(f"  {clause}, {clause.title}: {clause.url}", Style.QUIET)), width, "    ")
