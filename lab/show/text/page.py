"""A scenario to read: its story, its wire, right against wrong, and what may be expected on whose authority."""

from collections.abc import Iterable, Iterator

from lab.catalogue.causes import CAUSES
from lab.rfc.errors import ERROR_TYPES
from lab.scenario import NEEDS, Chapter, Scenario, cases
from lab.show.text.difference import difference
from lab.show.text.expectations import expectation_lines
from lab.show.text.lines import EMPTY, Line, Span, Style, line, prose, wrapped
from lab.show.text.steps import wire


def page(scenario: Scenario, width: int) -> Iterator[Line]:
    """Everything that `badgateway show` says."""
    yield from wrapped(line(Span(scenario.title, Style.STRONG)), width)
    yield from wrapped(line(Span(f"{scenario.address}, level {scenario.level}{_cause(scenario)}", Style.QUIET)), width)
    if scenario.cause in CAUSES:
        yield from wrapped(line(Span(CAUSES[scenario.cause], Style.QUIET)), width)
    yield EMPTY
    yield from prose(scenario.story, width)
    yield EMPTY
    yield from _labelled("Ask first:", scenario.guess, width)
    yield from _labelled("Take home:", scenario.lesson, width)
    for case in cases(scenario):
        variant = f" ({case.variant})" if case.variant else ""
        yield from _title(f"On the wire{variant}", width)
        yield from wire(case, width)
        if changed := difference(case, width):
            yield from _title(f"Wrong (-) and right (+){variant}", width)
            yield from changed
    yield from _expected(scenario, width)
    yield from _reports(scenario, width)


def chapter_page(chapter: Chapter, scenarios: Iterable[Scenario], width: int) -> Iterator[Line]:
    """A chapter to read: what it is about, what one can do afterwards, and its scenarios."""
    yield from wrapped(line(Span(chapter.title, Style.STRONG)), width)
    yield EMPTY
    yield from prose(chapter.text, width)
    if chapter.goals:
        yield from _title("Afterwards you can:", width)
        for goal in chapter.goals:
            yield from wrapped(line(f"- {goal}"), width, "  ")
    yield from _title("Its stories:", width)
    for scenario in scenarios:
        yield from wrapped(
            line(f"{scenario.level}  ", Span(scenario.address, Style.STRONG), f"  {scenario.title}"), width, "   "
        )


def _expected(scenario: Scenario, width: int) -> Iterator[Line]:
    acts = scenario.acts_of(scenario.variants[0])
    if any(act.expect for act in acts):
        yield from _title("What a gateway may be seen to do", width)
    for number, act in enumerate(acts, 1):
        if len(acts) > 1 and act.expect:
            yield line(Span(f"request {number}", Style.QUIET))
        for expectation in act.expect:
            yield from expectation_lines(expectation, width)


def _reports(scenario: Scenario, width: int) -> Iterator[Line]:
    if scenario.reports:
        yield from _title("How a gateway can name it (in Proxy-Status)", width)
    for name in scenario.reports:
        when = f": {ERROR_TYPES[name].when}" if name in ERROR_TYPES else ""
        yield from wrapped(line(Span(name, Style.STRONG), when), width, "  ")
    for need in sorted({need for case in cases(scenario) for need in case.needs}):
        yield from wrapped(line(Span("It needs a gateway that ", Style.QUIET), NEEDS.get(need, need)), width, "  ")


def _labelled(label: str, text: str, width: int) -> Iterator[Line]:
    return wrapped(line(Span(f"{label} ", Style.STRONG), text), width, " " * (len(label) + 1))


def _title(text: str, width: int) -> Iterator[Line]:
    yield EMPTY
    yield from wrapped(line(Span(text, Style.STRONG)), width)


def _cause(scenario: Scenario) -> str:
    return f", cause {scenario.cause}" if scenario.cause else ""
