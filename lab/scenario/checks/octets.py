"""The marks held against the bytes: what is marked must be wrong, all else right, and the repaired script too."""

from collections.abc import Iterator

from lab import h1
from lab.scenario.case import Case
from lab.scenario.rehearsal import Answer, Rehearsal, Rehearsed, rehearse
from lab.scenario.story import Scenario
from lab.script import Close, Mistake, Pause, Reset, Stall, StartTLS


def mistakes(scenario: Scenario, variant: str, rehearsal: Rehearsal) -> Iterator[Mistake]:
    """Hold the marks against the bytes: what is marked must be wrong, all else right, and the repaired script too."""
    for script in rehearsal.scripts:
        for answer in script.answers() if script.peer else ():
            flaw = flaw_of(script, answer)
            if answer.marked and not flaw and not scenario.unseen and not _beyond_bytes(answer):
                mark = next(step for step in answer.steps if step.wrong is not None)
                yield Mistake("marked wrong=, but the bytes are a valid, complete answer (if the fault is one of"
                              " meaning, say so with unseen=)", mark.where)  # fmt: skip
            if flaw and not answer.marked and not _marked_elsewhere(rehearsal, script):
                yield Mistake(f"not marked wrong=, but {flaw}", answer.steps[-1].where)
    for script in rehearse(Case(scenario, variant, repaired=True)).scripts:
        for answer in script.answers() if script.peer else ():
            if flaw := flaw_of(script, answer):
                yield _flawed_repair(flaw, answer, rehearsal)


def _flawed_repair(flaw: str, answer: Answer, rehearsal: Rehearsal) -> Mistake:
    """Told at the mark: that is where the author repairs."""
    mark = next(iter(rehearsal.marks()), None)
    where = answer.steps[-1].where if mark is None else mark.where
    if mark is not None and mark.right is None:
        return Mistake(f"with what is marked wrong= left out (there is no right=), {flaw}", where)
    return Mistake(f"repaired (right=), but {flaw}", where)


def flaw_of(script: Rehearsed, answer: Answer) -> str:
    """What keeps these bytes from being a valid, complete answer; empty when nothing does."""
    method = script.method.encode("latin-1")
    found = h1.readings(answer.data, method=method, clean_end=answer.clean_end, upgrade=script.upgrade)
    if not found:
        return "the bytes are no answer that a recipient may read"
    first = found[0]
    if first.status == 101:
        return ""  # what follows is no HTTP, and ends as it likes
    if first.repairs:
        return f"at byte {first.repairs[0].offset} the reader finds: {first.repairs[0].kind.says}"
    if not first.complete:
        return "the answer is incomplete"
    if first.surplus:
        return f"{len(first.surplus)} bytes follow the complete answer"
    return "the connection is reset" if any(isinstance(step, Reset) for step in answer.steps) else ""


def _beyond_bytes(answer: Answer) -> bool:
    """Faults of time, of handshakes and of the closure alert are not in the bytes."""
    for step in answer.steps:
        if step.wrong is not None and isinstance(step, Pause | StartTLS | Stall):
            return True
        if step.wrong is not None and isinstance(step, Close) and not step.alert:
            return True
    return False


def _marked_elsewhere(rehearsal: Rehearsal, script: Rehearsed) -> bool:
    """Whether the whole peer is marked: then its script may be as wrong as it likes."""
    return rehearsal.peers[script.act - 1][script.peer - 1].wrong is not None
