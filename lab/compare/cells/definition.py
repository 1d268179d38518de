"""What each status says, by its clause, and the status line that was just seen."""

from lab.compare.cells.cell import Cell, Second, evidence, missing, second
from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, NOT_MODIFIED
from lab.rfc import RFC

BAD, UNCHANGED = RFC(9110, "15.6.3"), RFC(9110, "15.4.5")
_LONGEST = 80
_SAYS = {
    502: "A gateway asked a server behind it, and what came back was no valid answer",
    304: "The client has asked on a condition, and what it has is still good: nothing is sent again",
}


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    return {
        502: _cell(502, BAD, second(tried, BAD_GATEWAY), missing(tried, BAD_GATEWAY)),
        304: _cell(304, UNCHANGED, second(tried, NOT_MODIFIED), missing(tried, NOT_MODIFIED)),
    }


def _cell(status: int, clause: RFC, seen: Second | None, nothing: str) -> Cell:
    says = f"{_SAYS[status]} ({clause}, {clause.title})."
    if seen is None:
        return Cell((says, nothing), clauses=(clause,))
    return Cell((says, _seen(status, seen)), evidence(seen), (clause,))


def _seen(status: int, seen: Second) -> str:
    line = seen.shown.answer.partition(b"\n")[0][:_LONGEST].rstrip().decode("latin-1")
    asked = f"{_what_happened(status)}, the client got"
    if seen.facts.status == status:
        return f"Seen just now: {line}."
    return f"Not so just now: {asked} {line if line else 'no answer'}."


def _what_happened(status: int) -> str:
    return "when the upstream answered nonsense" if status == 502 else "when nothing had changed"
