"""badgateway words: what a word means."""

from typing import TYPE_CHECKING

import click

from lab.cli.completing import terms
from lab.cli.problems import Problem

if TYPE_CHECKING:
    from lab.words import Term


@click.command("words")
@click.argument("term", required=False, nargs=-1, shell_complete=terms)
def command(term: tuple[str, ...]) -> None:
    """Explain a TERM, or several, in one plain sentence each; without one, list all words.

    \b
    Example:  badgateway words gateway closure alert
    """
    from lab.show.terminal import Terminal
    from lab.show.text.lines import line, wrapped
    from lab.show.text.term import explained
    from lab.words import TERMS

    terminal = Terminal()
    if not term:
        names = ", ".join(sorted((each.term for each in TERMS), key=str.casefold))
        terminal.show(wrapped(line(names), terminal.text_width))
        return
    for found in _terms([word for each in term for word in each.replace(",", " ").split()]):
        terminal.show(explained(found, terminal.text_width))


def _terms(words: list[str]) -> "list[Term]":
    """The terms that stand there one after the other; the longest name wins."""
    from lab.words import lookup

    found: list[Term] = []
    while words:
        for length in range(len(words), 0, -1):
            term = lookup(" ".join(words[:length]))
            if term is not None:
                found.append(term)
                words = words[length:]
                break
        else:
            raise Problem(_unknown(words))
    return list(dict.fromkeys(found))


def _unknown(words: list[str]) -> str:
    """What the glossary has instead: of the whole that is left, or else of its first word."""
    from lab.words import nearest

    for wanted in (" ".join(words), words[0]):
        if alike := " or ".join(each.term for each in nearest(wanted)):
            return f"the glossary has no {wanted!r}; did you mean {alike}?"
    return f"the glossary has no {words[0]!r}; badgateway words lists all"
