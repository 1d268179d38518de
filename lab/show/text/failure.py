"""What a test prints: which expectation was broken, what was found, where it is written, and the transcript."""

from collections.abc import Iterator

from lab.expect import OPPOSITES
from lab.show.text.answers import answer_lines, answers
from lab.show.text.expectations import expectation_lines
from lab.show.text.lines import EMPTY, Line, Span, Style, line, wrapped
from lab.show.text.wire import transcript_lines
from lab.verdict import FAILS, Judged, Judgement


def failure(judgement: Judgement, width: int) -> Iterator[Line]:
    """Each broken expectation with what was wanted and found, then everything that happened."""
    for held in judgement.judged:
        if held.verdict in FAILS:
            yield from _broken(held, judgement, width)
            yield EMPTY
    for number, exchange in enumerate(judgement.exchanges, 1):
        if len(judgement.exchanges) > 1:
            yield line(Span(f"request {number}", Style.QUIET))
        yield from answer_lines(answers(exchange, judgement), width)
        yield EMPTY
    yield line(Span("Transcript (milliseconds)", Style.STRONG))
    yield from transcript_lines(judgement.transcript, width)


def _broken(held: Judged, judgement: Judgement, width: int) -> Iterator[Line]:
    yield from expectation_lines(held.expectation, width, held.verdict)
    found = [
        f"{each.facts.status or 'no status'} ({each.facts.outcome}), made by {each.facts.made_by}"
        for each in judgement.of_act(held.act)
    ]
    for label, text in (
        ("wanted", _wanted(held)),
        ("found", "; ".join(found)),
        ("written", str(held.expectation.where)),
    ):
        yield from wrapped(line(Span(f"{label:10}", Style.STRONG), text), width, " " * 10)


def _wanted(held: Judged) -> str:
    opposite = "not: " if isinstance(held.expectation, OPPOSITES) else ""
    return opposite + held.expectation.holds.says
