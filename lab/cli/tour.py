"""badgateway tour: six stops through the first chapter; live, offline, with every word explained on request."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lab.scenario import Scenario
    from lab.show.terminal import Terminal
    from lab.show.text.lines import Line
    from lab.verdict import Judgement
    from lab.words import Term

STOPS = (
    "first/all_is_well",
    "first/not_modified",
    "first/nobody_home",
    "first/garbage",
    "first/broken_promise",
    "first/not_modified_from_a_broken_upstream",
)

INTRODUCTION = """\
Three parties: a client asks, a gateway stands in front, an upstream behind it has the answer. The client sees only
what the gateway hands on. Here the upstream is ours, and sometimes it breaks on purpose. You see what each of them
sent, and can ask yourself: what did the client get, who made it, and could the client tell that something was wrong?
"""

FAREWELL = """\
That was the tour. Go on with all stories (badgateway list), look at one more closely (badgateway show
first/broken_promise), or break something yourself (badgateway new mine/too_short.py).
"""


class Left(Exception):
    """The learner has had enough."""


@click.command("tour")
def command() -> None:
    """Six stops, eight minutes, offline: guess what the client sees, watch it happen, see who made it.

    At each prompt, a word is explained when you type it; q leaves. Without a terminal everything is printed at once.

    \b
    Example:  badgateway tour
    """
    from lab.cli.choosing import Shelf
    from lab.show.terminal import Terminal

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    guide = Guide(Terminal(), interactive)
    shelf = Shelf(None)
    scenarios = [shelf.scenario(address) for address in STOPS]
    guide.say_text(INTRODUCTION)
    try:
        for number, scenario in enumerate(scenarios, 1):
            _stop(guide, number, scenario)
    except Left:
        guide.say_text("Come back any time: badgateway tour")
        return
    guide.say_text(FAREWELL)


def _stop(guide: "Guide", number: int, scenario: "Scenario") -> None:
    """One stop: the story, the question, the performance, what there is to see."""
    from lab.show.text.lines import EMPTY, Span, Style, line, prose, wrapped
    from lab.show.text.report import told

    width = guide.terminal.text_width
    guide.say([line(Span(f"Stop {number} of {len(STOPS)}: {scenario.title}", Style.STRONG)), EMPTY])
    guide.say([*prose(scenario.story, width), EMPTY])
    guide.say(wrapped(line(Span("The question: ", Style.STRONG), scenario.guess), width))
    guess = guide.ask("Your guess, or Enter to watch", scenario.story + " " + scenario.guess, guesses=True)
    judgement = _play(scenario)
    guide.say([*told(judgement, width), EMPTY])
    guide.say(_compared(guess, scenario.guess, judgement, width))
    guide.say(wrapped(line(Span("Take home: ", Style.STRONG), scenario.lesson), width))
    seen = " ".join(each.text for row in told(judgement, width) for each in row)
    guide.ask("Enter to go on", f"{seen} {scenario.lesson}")


def _play(scenario: "Scenario") -> "Judgement":
    import asyncio

    from lab.gateways.names import gateway_named
    from lab.performance import perform_with_control
    from lab.scenario import Case

    performed = asyncio.run(perform_with_control(Case(scenario, scenario.variants[0]), gateway_named("reference")))
    return performed.judgement


def _compared(typed: str, question: str, judgement: "Judgement", width: int) -> "Iterator[Line]":
    """The guess beside what came."""
    from lab.cli.guesses import compared, guessed
    from lab.show.text.lines import line, wrapped

    if (guess := guessed(typed)) is not None:
        facts = judgement.exchanges[-1].facts if judgement.exchanges else None
        said = " ".join(compared(guess, question, facts))
        yield from wrapped(line(f'Your guess was "{typed}". {said}'), width)


@dataclass
class Guide:
    """Speaks, and listens where somebody is there; where nobody is, it explains each word once, unasked."""

    terminal: "Terminal"
    interactive: bool
    _explained: "set[Term]" = field(default_factory=set)

    def say(self, lines: "Iterator[Line] | list[Line]") -> None:
        self.terminal.show(lines)

    def say_text(self, text: str) -> None:
        from lab.show.text.lines import EMPTY, prose

        self.say([*prose(text, self.terminal.text_width), EMPTY])

    def ask(self, question: str, about: str, *, guesses: bool = False) -> str:
        """Wait for Enter, or for a guess where one is asked for; explain what words are typed meanwhile."""
        from lab.cli.guesses import guessed
        from lab.words import known, lookup

        words = [term for term in known(about) if term not in self._explained]
        if not self.interactive:
            self._explain_all(words)
            return ""
        self._offer(words)
        while True:
            typed = self._read(question)
            if not typed:
                return ""
            term = lookup(typed)
            if term is not None:
                self._explain(term)
            if guesses and guessed(typed) is not None:
                return typed  # a word such as "gateway" may be both
            if term is None:
                self._alike(typed)

    def _read(self, question: str) -> str:
        from lab.cli.listening import until_typed
        from lab.show.text.lines import line, plain, wrapped

        asked = wrapped(line(f"{question} (a word: what it means; q: leave) >"), self.terminal.text_width)
        click.echo(f"{plain(asked).rstrip()} ", nl=False)
        try:
            until_typed()
            typed = input().strip()
        except EOFError:
            click.echo()
            raise Left from None
        if typed.lower() in ("q", "quit", "exit"):
            raise Left
        return typed

    def _offer(self, words: "list[Term]") -> None:
        from lab.show.text.lines import Span, Style, line, wrapped

        if words:
            self._explained.update(words)
            names = ", ".join(term.term for term in words)
            self.say(wrapped(line(Span(f"Words you can ask for: {names}", Style.QUIET)), self.terminal.text_width))

    def _explain_all(self, words: "list[Term]") -> None:
        from lab.show.text.lines import EMPTY

        self._explained.update(words)
        self.say([EMPTY])
        for term in words:
            self._explain(term)
        self.say([EMPTY])

    def _explain(self, term: "Term") -> None:
        from lab.show.text.lines import Span, Style, line, wrapped

        self.say(wrapped(line("  ", Span(term.term, Style.STRONG), f": {term.says}"), self.terminal.text_width, "    "))

    def _alike(self, typed: str) -> None:
        from lab.show.text.lines import line, wrapped
        from lab.words import nearest

        alike = ", ".join(term.term for term in nearest(typed))
        said = f"No such word in the glossary.{f' Alike: {alike}.' if alike else ''} Enter goes on."
        self.say(wrapped(line(said), self.terminal.text_width))
