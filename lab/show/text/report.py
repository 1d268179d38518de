"""One performance told to people: the picture and the three answers; on request everything."""

from collections.abc import Iterator

from lab.show.changes import changes
from lab.show.text.answers import answer_lines, answers
from lab.show.text.changes import change_lines
from lab.show.text.expectations import expectation_lines
from lab.show.text.lines import EMPTY, Line, Span, Style, line, wrapped
from lab.show.text.picture import picture
from lab.show.text.table import verdict_span
from lab.show.text.waterfall import waterfall_lines
from lab.show.text.wire import transcript_lines
from lab.verdict import Judgement, Verdict

SENTENCES = {
    Verdict.CONFORMS: "The gateway keeps the rule",
    Verdict.DEVIATES: "The gateway breaks the rule",
    Verdict.INADVISABLE: "What the gateway does is against advice",
    Verdict.UNSOUND: "What the gateway does is unsound",
    Verdict.NOT_REACHED: "The upstream was never asked",
    Verdict.INCONCLUSIVE: "Not tested",
    Verdict.NOT_APPLICABLE: "Does not apply to this gateway",
}
"""The verdict with its subject: what keeps or breaks a rule is never the scenario, nor its upstream."""


def told(judgement: Judgement, width: int) -> Iterator[Line]:
    """The picture, then the answers: of each request where there are several."""
    yield from picture(judgement, width)
    for number, exchange in enumerate(judgement.exchanges, 1):
        yield EMPTY
        if len(judgement.exchanges) > 1:
            yield line(Span(f"request {number}", Style.QUIET))
        yield from answer_lines(answers(exchange, judgement), width)


def report(judgement: Judgement, width: int, *, everything: bool = False) -> Iterator[Line]:
    """What `run` says about a single performance. `everything`: each expectation with its clauses, the transcript."""
    scenario, gateway = judgement.case.scenario, judgement.transcript.gateway
    yield from wrapped(line(Span(scenario.title, Style.STRONG)), width)
    yield from wrapped(line(Span(f"{judgement.case.name} on {gateway.full_name}", Style.QUIET)), width)
    yield EMPTY
    if judgement.exchanges:
        yield from told(judgement, width)
        yield EMPTY
    said = verdict_span(judgement.verdict, SENTENCES[judgement.verdict])
    verdict = line(Span("Verdict          ", Style.STRONG), said, _why(judgement))
    yield from wrapped(verdict, width, " " * 17)
    yield from wrapped(line(Span("Take home        ", Style.STRONG), scenario.lesson), width, " " * 17)
    if everything:
        yield EMPTY
        for held in judgement.judged:
            yield from expectation_lines(held.expectation, width, held.verdict)
        yield from _changes(judgement, width)
        yield EMPTY
        yield from waterfall_lines(judgement, width)
        yield EMPTY
        yield line(Span("Transcript (milliseconds)", Style.STRONG))
        yield from transcript_lines(judgement.transcript, width)


def _changes(judgement: Judgement, width: int) -> Iterator[Line]:
    for number, exchange in enumerate(judgement.exchanges, 1):
        yield EMPTY
        which = f", request {number}" if len(judgement.exchanges) > 1 else ""
        yield line(Span(f"What the gateway changed{which}", Style.STRONG))
        yield from change_lines(changes(judgement.transcript, exchange.asked, exchange.facts.made_by), width)


def _why(judgement: Judgement) -> str:
    return f" ({judgement.why})" if judgement.why else ""
