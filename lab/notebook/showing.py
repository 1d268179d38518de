"""`show`: all there is to see of a performance, a scenario or some bytes, each as a value that displays itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lab.notebook.displayed import WIDTH, Displayed, in_a_table, of_lines
from lab.notebook.finding import Named, case_of, cases_of
from lab.notebook.problems import Problem
from lab.notebook.run import Run, Runs
from lab.scenario import Case
from lab.show.changes import changes
from lab.show.escape import octets, wire_lines
from lab.show.svg.multiple import small_multiple
from lab.show.svg.waterfall import waterfall
from lab.show.text.changes import change_lines
from lab.show.text.difference import difference
from lab.show.text.expectations import expectation_lines
from lab.show.text.hex import hex_report
from lab.show.text.lines import EMPTY, Line, Span, Style, chopped, line, plain, prose
from lab.show.text.page import page
from lab.show.text.report import report
from lab.show.text.steps import wire
from lab.show.text.waterfall import waterfall_lines
from lab.show.text.wire import transcript_lines


class Show:
    """What can be shown, as functions of one name; `show(x)` picks what fits x."""

    def __call__(self, given: object, *more: object) -> Displayed:
        """A run: its picture. Several runs: a table. A grid, a comparison: as they show themselves. A scenario, or its
        name: what `badgateway show` says of it. Bytes: each wire line, CR LF visible."""
        if more:
            given = (given, *more)
        if isinstance(given, Displayed):
            return given
        if isinstance(shown := getattr(given, "displayed", None), Displayed):
            return shown
        if isinstance(given, bytes):
            return self.bytes(given)
        if isinstance(given, Sequence) and given and all(isinstance(each, Run) for each in given):
            return Runs(given).displayed
        if isinstance(given, Named):
            return of_lines(page(case_of(given).scenario, WIDTH))
        return Displayed(str(given))

    def bytes(self, given: Run | bytes, of: str = "client_received") -> Displayed:
        """Bytes, a row for each wire line, with CR LF visible. Of a run: what the client received; `of`: client_sent,
        client_received, upstream_sent or upstream_received."""
        if of not in _DIRECTIONS:
            raise Problem(f"{of!r} is no direction: there are {', '.join(_DIRECTIONS)}")
        data: bytes = given if isinstance(given, bytes) else getattr(_a_run(given), of)
        rows = [row for part in wire_lines(data) for row in chopped(line(octets(part)), WIDTH)]
        return of_lines(rows or [line(Span("no bytes", Style.QUIET))])

    def hex(self, run: Run) -> Displayed:
        """Every octet in each direction, as a number and as a letter; the fault is pointed at."""
        return of_lines(hex_report(_a_run(run).judgement, WIDTH))

    def side_by_side(self, runs: Sequence[Run]) -> Displayed:
        """One scenario on several gateways, or its variants: a small picture of each; at most 24."""
        picture = small_multiple([_a_run(run).judgement for run in runs])
        return Displayed(repr(Runs(runs)), svg=picture)

    def transcript(self, run: Run) -> Displayed:
        """Everything that happened, in columns: time in milliseconds, party, event, bytes."""
        return of_lines(transcript_lines(_a_run(run).transcript, WIDTH))

    def report(self, run: Run) -> Displayed:
        """What `badgateway run -v` says: the picture, the answers, the verdict, each expectation with its clauses."""
        return of_lines(report(_a_run(run).judgement, WIDTH, everything=True))

    def expectations(self, given: Run | Named) -> Displayed:
        """What a gateway may be seen to do, how firmly, and which clause says so; of a run with each verdict."""
        if isinstance(given, Run):
            held = given.judgement.judged
            return of_lines(row for each in held for row in expectation_lines(each.expectation, WIDTH, each.verdict))
        acts = case_of(given).acts()
        return of_lines(row for act in acts for each in act.expect for row in expectation_lines(each, WIDTH))

    def stages(self, run: Run) -> Displayed:
        """The stages of the HTTP cycle on each connection, and how long each phase took."""
        judgement = _a_run(run).judgement
        return Displayed(plain(waterfall_lines(judgement, WIDTH)), svg=waterfall(judgement))

    def changes(self, run: Run) -> Displayed:
        """What the gateway changed between its two sides: `-` was there before it, `+` is there behind it."""
        return of_lines(_changes(_a_run(run)))

    def story(self, given: Named) -> Displayed:
        """The title and the story of a scenario, and nothing that gives its end away."""
        scenario = case_of(given).scenario
        return of_lines([line(Span(scenario.title, Style.STRONG)), EMPTY, *prose(scenario.story, WIDTH)])

    def script(self, given: Named) -> Displayed:
        """What each party does, step by step, with its bytes; the fault is marked."""
        return of_lines(_of_each(given, lambda case: wire(case, WIDTH)))

    def difference(self, given: Named) -> Displayed:
        """Right against wrong: `-` stands at what is wrong, `+` at what would be right."""
        return of_lines(_of_each(given, lambda case: difference(case, WIDTH)))

    def word(self, term: str) -> Displayed:
        """What a word means, as `badgateway words` says it."""
        from lab.show.text.term import explained
        from lab.words import lookup, nearest

        found = lookup(term)
        if found is None:
            alike = " or ".join(each.term for each in nearest(term))
            raise Problem(f"the glossary has no {term!r}" + (f"; did you mean {alike}?" if alike else ""))
        return of_lines(explained(found, WIDTH))

    def __repr__(self) -> str:
        return (
            "show(x), show.bytes(run), show.stages(run), show.changes(run), show.transcript(run), show.script(name) ..."
        )


_DIRECTIONS = ("client_sent", "client_received", "upstream_sent", "upstream_received")


def _a_run(given: object) -> Run:
    if not isinstance(given, Run):
        raise Problem(f"a run is shown here, such as run = await perform('first/garbage'), not {given!r}")
    return given


def _changes(run: Run) -> Iterator[Line]:
    exchanges = run.judgement.exchanges
    for number, exchange in enumerate(exchanges, 1):
        if len(exchanges) > 1:
            yield line(Span(f"request {number}", Style.STRONG))
        yield from change_lines(changes(run.transcript, exchange.asked, exchange.facts.made_by), WIDTH)


def _of_each(given: Named, told: Callable[[Case], Iterable[Line]]) -> Iterator[Line]:
    """The lines of each variant, under its name."""
    every = cases_of(given)
    for case in every:
        if len(every) > 1:
            yield line(Span(case.variant or case.name, Style.STRONG))
        yield from told(case)


def table(head: Sequence[object], *rows: Sequence[object], caption: str = "") -> Displayed:
    """A table out of what a cell has found: the heads of its columns, then its rows."""
    for number, row in enumerate(rows, 1):
        if len(row) != len(head):
            raise Problem(f"row {number} of the table has {len(row)} cells, and the table {len(head)} columns")
    return in_a_table(head, rows, caption)


show = Show()
