"""What came of a cell: read off the transcript of its acts, and of its control's."""

from lab.grid.cells import NOT_SET_UP, Cell, Sort
from lab.grid.healthy import if_none_match
from lab.grid.remains import Remains
from lab.grid.states import GOOD, GOOD_CONTENT, Asking, Question, State
from lab.outcome import Facts, Maker, Outcome, facts
from lab.scenario.rehearsal import rehearse
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Event, Transcript, What, joined

_TRIED = frozenset({What.OPENED, What.RECEIVED, What.REFUSED})


def read(question: Question, transcript: Transcript, unset: str = "") -> Cell:
    """The cell. `unset`: why the control does not show that the store was in this state; empty where it does."""
    why = _not_played(question.state, transcript) or (unset and f"{NOT_SET_UP}: {unset}")
    if why:
        return Cell(question, transcript, Sort.INCONCLUSIVE, why=why)
    of_met, of_last = transcript.asked[-2:]
    met, last = facts(transcript, of_met), facts(transcript, of_last)
    sort, why = _sort(question, transcript, of_met.act, met)
    if sort is Sort.INCONCLUSIVE:
        return Cell(question, transcript, sort, met, why=why)
    asked, asked_last = asked_with(transcript, of_met.act), asked_with(transcript, of_last.act)
    remains = Remains(transcript, of_met, of_last, met, last, asked_last, _wrong_in_meaning(question))
    return Cell(
        question, transcript, sort, met, last,
        tuple(remains.findings(has_copy=question.state.has_copy)),
        remains.copy_kept if question.state.has_copy else None,
        met.outcome is Outcome.DISGUISED or last.outcome is Outcome.DISGUISED or remains.broken_and_looks_complete,
        _text(asked), _text(asked_last),
    )  # fmt: skip


def not_set_up(question: Question, control: Transcript) -> str:
    """Why a control, the same with a healthy upstream in the place of the faulty one, does not show that the store was
    in this state; empty where it does."""
    state = question.state
    if why := _not_played(state, control):
        return why
    met, last = control.asked[-2:]
    asked = asked_with(control, met.act)
    if state is State.FRESH:
        if asked is not None:
            return "a healthy upstream was asked although the copy is fresh"
        from_store = facts(control, met).made_by is Maker.STORE
        return "" if from_store else "the answer did not come from the store"
    if asked is None:
        return "the upstream was not asked, even though it was healthy"
    if state is State.COLD:
        return ""
    # A client's own If-None-Match may be passed on. What the gateway asks with at the end can only be its own.
    evidence = asked_with(control, last.act) if question.asking is Asking.MATCHING else asked
    return "" if GOOD in (evidence or b"") else "a healthy upstream was not asked with the validator of the copy"


def asked_with(transcript: Transcript, act: int) -> bytes | None:
    """The If-None-Match with which the gateway asked in an act (empty: without one); None: it asked nothing."""
    came = joined(transcript.on(UPSTREAM_HOP, act=act), What.RECEIVED)
    return if_none_match(came) if came else None


def _not_played(state: State, transcript: Transcript) -> str:
    if transcript.failure:
        return transcript.failure
    for event in transcript.events:
        if event.what is What.SCRIPT_FAILED:
            return f"the script failed: {event.detail}"
        if event.what is What.FAILED:
            return f"the client could not connect to the gateway: {event.detail}"
    if not state.has_copy:
        return ""
    got = joined(transcript.on(CLIENT_HOP, act=1), What.RECEIVED)
    if got.startswith(b"HTTP/1.1 200 ") and GOOD_CONTENT in got:  # nearly always, and it saves the reading
        return ""
    primed = facts(transcript, transcript.asked[0])
    relayed = primed.status == 200 and primed.outcome is Outcome.RELAYED
    return "" if relayed else f"the good answer gave {primed.status or 'no status'} ({primed.outcome})"


def _sort(question: Question, transcript: Transcript, act: int, met: Facts) -> tuple[Sort, str]:
    """Whether the fault took effect in this act; the reason where that cannot be told."""
    upstream = tuple(transcript.on(UPSTREAM_HOP, act=act))
    if any(_in_effect(event, question) for event in upstream):
        return Sort.PLAYED, ""
    if any(event.what in _TRIED for event in upstream):
        return Sort.INCONCLUSIVE, "the fault never took effect"
    if met.made_by is Maker.STORE:
        return Sort.NOT_REACHED, ""
    return Sort.INCONCLUSIVE, f"the gateway gave {met.status or 'no status'} by itself, without asking the upstream"


def _in_effect(event: Event, question: Question) -> bool:
    if not question.case.marked:  # nothing is wrong: it is enough that the upstream was asked
        return event.what in _TRIED
    return event.what is What.DELIVERED and event.detail not in rehearse(question.case).watched()


def _wrong_in_meaning(question: Question) -> bool:
    """Whether the octets of the faulty answer are in order, and it is wrong nevertheless. What is only too large is
    not: whoever has room for it has a true answer."""
    scenario = question.case.scenario
    return bool(scenario.unseen) and not all(report.endswith("_size") for report in scenario.reports)


def _text(asked: bytes | None) -> str | None:
    return None if asked is None else asked.decode("latin-1")
