"""An expectation: how firm, what, on whose authority, and, after a performance, whether it was kept."""

from collections.abc import Iterator

from lab.expect import Expectation
from lab.show.text.lines import Line, Span, Style, line, wrapped
from lab.show.text.table import verdict_span
from lab.verdict import Verdict

_INDENT = " " * 10


def expectation_lines(expectation: Expectation, width: int, verdict: Verdict | None = None) -> Iterator[Line]:
    """The expectation with its reason and its clauses, each with its title and where to read it."""
    said: list[str | Span] = [Span(f"{expectation.keyword:9} ", Style.STRONG), expectation.says]
    if verdict is not None:
        said += [": ", verdict_span(verdict)]
    yield from wrapped(line(*said), width, _INDENT)
    if expectation.why:
        yield from wrapped(line(f"{_INDENT}because: {expectation.why}"), width, _INDENT)
    for clause in expectation.clauses:
        title = f", {clause.title}" if clause.exists else ""
        yield from wrapped(line(Span(f"{_INDENT}{clause}{title}: {clause.url}", Style.QUIET)), width, _INDENT + "  ")
