"""502 against 304 in a notebook: both performed, and one table; what people do about a 502, and say of both, tried."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lab.compare import remedies, stages
from lab.compare.comparison import EXPERIMENTS, Comparison
from lab.compare.results import Result
from lab.compare.table import CODES, rows
from lab.compare.visits import follow
from lab.notebook.breaking import Breaks
from lab.notebook.displayed import WIDTH, Displayed, Shown, in_a_table, left_aligned
from lab.notebook.finding import Named, cases_of
from lab.notebook.performing import gateway_of
from lab.notebook.problems import Problem
from lab.notebook.run import Run
from lab.show.compare.text import breaks_lines, claims_lines, remedies_lines, table_lines
from lab.show.compare.words import EFFECTS, EFFECTS_SAY, introduction
from lab.show.markup import Markup, tag
from lab.show.text.lines import Line, plain
from lab.show.text.statuses import status_words
from lab.verdict import judge

if TYPE_CHECKING:
    from lab.compare.visits import Tried


_LESSON = "What a visit gets depends on what is behind the gateway, and on what earlier visits have left."


async def perform_comparison(gateway: str = "reference", over: Named | Iterable[Named] = "first") -> "Compared":
    """Perform what `badgateway compare 502 304` does: both, with a client that has a cache of its own, and every trial.

    The causes are counted `over` these scenarios, a chapter for example; the command counts over the whole catalogue.
    """
    from lab.compare.performing import compare

    named = [over] if isinstance(over, Named) else list(over)
    cases = [case for each in named for case in cases_of(each)]
    return Compared(await compare(gateway_of(gateway), cases))


@dataclass(frozen=True, repr=False)
class Compared(Shown):
    """The comparison. It shows itself as the table of seven rows."""

    comparison: Comparison

    @cached_property
    def displayed(self) -> Displayed:
        head = tag("tr", tag("th", ""), *(tag("th", left_aligned(status_words(code))) for code in CODES))
        body = (
            tag("tr", tag("th", left_aligned(row.name)), *(tag("td", _said(row.cells[code].says)) for code in CODES))
            for row in rows(self.comparison)
        )
        html = tag("p", introduction(self.comparison)) + tag("table", tag("thead", head), tag("tbody", *body))
        return _told(table_lines(self.comparison, WIDTH, everything=False), html)

    @property
    def remedies(self) -> Displayed:
        """What people do about a 502, in each situation that a 502 can come from."""
        found = [(each, remedies.treatments(self.comparison.tried, each)) for each in remedies.REMEDIES]
        body = [(remedy.name, *(EFFECTS[each.effect] for each in treated)) for remedy, treated in found]
        shown = in_a_table(("what people do", *(each.name for each in remedies.SITUATIONS)), body)
        where = tag("ul", *(tag("li", tag("em", each.name), f": {each.says}") for each in remedies.SITUATIONS))
        return _told(remedies_lines(self.comparison, WIDTH), shown.html + where + tag("p", EFFECTS_SAY))

    @property
    def stages(self) -> Displayed:
        """A failure at each stage of the HTTP cycle, and what the client gets."""
        shown = Breaks(stages.broken(self.comparison.tried)).displayed
        return _told(breaks_lines(self.comparison, WIDTH), shown.html)

    def said_of(self, status: int) -> Displayed:
        """What people say of a 502, or of a 304, and what came of it."""
        mine = [each for each in EXPERIMENTS if each.about == status]
        body = [(each.claim, result.holding, result.says) for each in mine for result in [self._judged(each.name)]]
        shown = in_a_table((f"what people say of a {status}", "it", "what was measured"), body)
        return _told(claims_lines(self.comparison, status, WIDTH, everything=False), shown.html)

    def result(self, name: str) -> Result:
        """What came of a claim, by its name (`reloading`, `waiting`, `behind`, `saves-bytes` ...)."""
        if all(each.name != name for each in EXPERIMENTS):
            raise Problem(f"no claim has the name {name!r}; there are: {', '.join(each.name for each in EXPERIMENTS)}")
        return self._judged(name)

    def effect(self, remedy: str, situation: str) -> str:
        """`cured`, `anyway` (asking again would have done) or `no`: of one remedy where a 502 comes from one place."""
        for each in remedies.REMEDIES:
            if each.name == remedy:
                for treated in remedies.treatments(self.comparison.tried, each):
                    if treated.situation.name == situation:
                        return EFFECTS[treated.effect]
        raise Problem(f"{remedy!r} was not tried where it is {situation!r}: the names are those in the table")

    def run(self, name: str) -> Run:
        """One trial with its picture: `a 502`, `a 304 of the upstream`, `a 304 of the gateway's store`, or a remedy and
        a situation, `502: reloading, own copy`."""
        tried = self._tried(name)
        if tried.transcript is None:
            raise Problem(f"{name}: not tried ({tried.why_not})")
        case = tried.trial.case(follow(tried.trial, tried.transcript).acts)
        told = replace(case, scenario=replace(case.scenario, lesson=_LESSON))
        return Run(judge(told, tried.transcript))

    def visits(self, name: str) -> Displayed:
        """What each visit of a trial showed, and where that came from: the network, or the client's own copy."""
        seen: Sequence[tuple[object, ...]] = [
            (number, f"{each.visit.at:g} s", each.visit.how, each.status, _beginning(each.content), each.source)
            for number, each in enumerate(self._tried(name).seen, 1)
        ]
        return in_a_table(("visit", "when", "as a", "status shown", "content shown", "from"), seen, name)

    def _judged(self, name: str) -> Result:
        (experiment,) = (each for each in EXPERIMENTS if each.name == name)
        return experiment.judge(self.comparison.tried)

    def _tried(self, name: str) -> "Tried":
        if name not in self.comparison.tried:
            raise Problem(f"no trial has the name {name!r}; there are: {'; '.join(self.comparison.tried)}")
        return self.comparison.tried[name]


def _beginning(content: bytes) -> str:
    """The first words of a content, and how long it is where there are more."""
    first, _, rest = content.decode("latin-1").partition("\n")
    return f"{first[:_FIRST]} ... ({len(content):,} bytes)" if rest or len(first) > _FIRST else first


_FIRST = 40


def _told(lines: Iterator[Line], html: str) -> Displayed:
    return Displayed(plain(lines), html)


def _said(says: Iterable[str]) -> Markup:
    return tag("div", tag("ul", *(tag("li", each) for each in says)), align="left")
