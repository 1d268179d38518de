"""Cells as values, made by hand: what the telling is tested with."""

from dataclasses import replace
from typing import Any

from lab.grid import Asking, Cell, Finding, Question, Sort, State
from lab.outcome import Ending, Facts, Fidelity, Maker, Outcome
from lab.scenario import Case, Scenario
from lab.script import Get, ReceiveRequest, Send
from lab.transcript import Player, Transcript

PLAYER = Player("reference", "0.1.0", "stream")


def case(**more: Any) -> Case:
    given = {
        "lesson": "Count the bytes.",
        "guess": "Which status?",
        "client": Get("/report"),
        "upstream": [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n\r\n")],
        "address": "first/broken_promise",
        "title": "The upstream stops talking too early.",
    }
    return Case(Scenario(**{**given, **more}))


def got(
    status: int | None = 502, outcome: Outcome = Outcome.REPORTED, maker: Maker = Maker.GATEWAY, **more: Any
) -> Facts:
    return Facts(status, maker, Ending.COMPLETE, Fidelity.NONE, outcome, **more)


def cell(given: Case | None = None, state: State = State.STALE, asking: Asking = Asking.PLAIN, **more: Any) -> Cell:
    case_ = given or case()
    told = Transcript(case_.scenario.address, "", PLAYER, False, "p", (), ())
    values: dict[str, Any] = {
        "sort": Sort.PLAYED, "met": got(), "last": got(200, Outcome.RELAYED, Maker.UPSTREAM), "copy_kept": True,
        "asked_with": '"v1"', "asked_last_with": '"v1"',
    }  # fmt: skip
    return Cell(Question(case_, state, asking), told, **{**values, **more})


def row(given: Case, **more: Any) -> dict[tuple[State, Asking], Cell]:
    """All the cells of a case, alike."""
    return {(state, asking): cell(given, state, asking, **more) for state in State for asking in Asking}


STORED: dict[str, Any] = {"findings": (Finding.FAILURE_STORED,), "copy_kept": None, "asked_last_with": None}
LOST: dict[str, Any] = {"findings": (Finding.COPY_LOST,), "copy_kept": False, "asked_last_with": ""}
UNSET: dict[str, Any] = {
    "sort": Sort.INCONCLUSIVE, "met": None, "last": None, "copy_kept": None, "why": "state not set up: it is not",
}  # fmt: skip


def later(given: Cell) -> Cell:
    """The same, and at the end somebody gets what looks complete, and is not."""
    return replace(given, disguised=True)
