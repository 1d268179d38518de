"""The exercises of notebook 09."""

from collections.abc import Mapping

from lab import NONCE, Act, Answers, Get, Question, ReceiveRequest, Refuse, Scenario, Send
from lab.grid import Cell
from lab.notebook.exercising import Checked, exercise, look_again, number, right
from lab.notebook.gridding import Grid, perform_grid
from lab.notebook.performing import perform
from lab.outcome import cache_parameters


@exercise
async def predicted(answer: object, fault: str) -> Checked:
    """Predict the status that a client without a condition gets, for each of the five states of the store."""
    given = dict(answer) if isinstance(answer, Mapping) else {}
    seen = statuses(await perform_grid(fault, clients=["plain"]))
    wrong = [state for state, status in seen.items() if given.get(state) != status]
    if given.keys() != seen.keys():
        return look_again(f"there are five states: {', '.join(seen)}.")
    if not all(map(number, given.values())):
        return look_again("a status is a number, without quotation marks.")
    if not wrong:
        return right("performed: the copy decides, and what it allows; the fault only decides the number of the error.")
    return look_again(f"performed: {len(seen) - len(wrong)} of {len(seen)} are right; not so {', '.join(wrong)}.")


def statuses(grid: Grid) -> dict[str, int | None]:
    """What a client without a condition got in each state."""
    cells = (cell for cell in grid.cells if cell.question.asking == "plain")
    return {str(cell.question.state): cell.met.status for cell in cells if cell.met is not None}


@exercise
def stale_for(answer: object, cell: Cell) -> Checked:
    """Read from Cache-Status for how many seconds the copy had been stale."""
    assert cell.met is not None
    said = dict(cache_parameters(cell.met.cache_status)).get("ttl")
    if isinstance(said, int | str) and number(answer) and answer == -int(said):
        return right("ttl is what is left of the lifetime. Below zero it says for how long the copy has been stale.")
    return look_again(
        "which parameter is about time that is left? Its sign matters; your answer is a number of seconds."
    )


@exercise
def wrong_afterwards(answer: object, grid: Grid) -> Checked:
    """Count the states in which a client without a condition gets the error although the upstream is well again."""
    if not number(answer):
        return look_again("how many: write a number, without quotation marks.")
    plain = [cell for cell in grid.cells if cell.question.asking == "plain"]
    if answer == sum(cell.last is not None and (cell.last.status or 500) >= 500 for cell in plain):
        return right("the error had a lifetime of its own, and went on as a stored answer.")
    return look_again("count the cells of the first column where something outlives the fault.")


@exercise
async def saves_for_an_hour(directives: object) -> Checked:
    """Write the value of Cache-Control as bytes: fresh for a minute, and for an hour after that good in an outage."""
    if not isinstance(directives, bytes) or b"\r" in directives or b"\n" in directives:
        return look_again("write the value alone, as bytes, without a line end: b'no-cache', for example.")
    run = await perform(_outage(directives))
    if len(run.exchanges) < len(_TIMES):
        return look_again(run.judgement.why)
    fresh, later, lost, too_late = run.exchanges[1:]
    if fresh.upstream_requests:
        return look_again("performed: after 55 seconds the upstream was asked, although the page was to be fresh then.")
    if not later.upstream_requests:
        return look_again("performed: after 65 seconds the upstream, which was well, was not asked.")
    if lost.status != 200:
        return look_again(
            f"performed: nobody was there, the copy had been stale for 55 minutes, and the client got a {lost.status}."
        )
    if too_late.status == 200:
        return look_again("performed: the copy had been stale for 65 minutes, and was still given.")
    return right(f"performed: in the outage the client got the page for an hour, and then a {too_late.status}.")


_AGAIN = 65
_TIMES = (0, 55, _AGAIN, _AGAIN + 60 + 55 * 60, _AGAIN + 60 + 65 * 60)
"""In seconds. Fetched; fresh; stale, and the upstream, which is well, gives a new copy; then nobody is there: that copy
has been stale for 55 minutes, and for 65."""


def _outage(directives: bytes) -> Scenario:
    page = [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Cache-Control: " + directives + b"\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ]
    acts = [
        Act(
            client=Get("/page"),
            upstream=page if clock < _TIMES[3] else Refuse(watch="nobody is there"),
            clock=clock,
            expect=[Question("Is the page shown?", Answers(200))],
        )
        for clock in _TIMES
    ]
    return Scenario(
        lesson="The copy says what it may stand in for, and for how long.",
        guess="Is there a page?",
        address="yours/outage",
        acts=acts,
        reports=[],
        needs=["cache", "clock"],
    )
