"""What a scenario must pass before it is performed: each mistake is told with the author's own file and line."""

import ast
import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise

from lab import h1
from lab.rfc import ERROR_TYPES, clause_error
from lab.scenario.case import Case, act_peers
from lab.scenario.rehearsal import Answer, Rehearsal, Rehearsed, rehearse
from lab.scenario.story import NEEDS, Act, Scenario
from lab.script import (
    ENDINGS,
    BlackHole,
    Close,
    Mistake,
    Pause,
    Peer,
    ReceiveRequest,
    Refuse,
    Reset,
    Send,
    Stall,
    StartTLS,
    Step,
    Where,
)


def check(scenario: Scenario) -> tuple[Mistake, ...]:
    """All that is wrong with a scenario; nothing means that it can be performed and believed."""
    mistakes = list(_words(scenario))
    try:
        rehearsals = {variant: rehearse(Case(scenario, variant)) for variant in scenario.variants}
        for variant, rehearsal in rehearsals.items():
            mistakes += _parties(rehearsal)
            mistakes += _marks(scenario, rehearsal)
            mistakes += _endings(rehearsal)
            if not mistakes:
                mistakes += _bytes(scenario, variant, rehearsal)
        mistakes += _one_difference(scenario, rehearsals)
    except Mistake as mistake:
        mistakes.append(mistake)
    return tuple(mistakes)


def _words(scenario: Scenario) -> Iterator[Mistake]:
    where = scenario.where
    yield from _closed("reports= takes RFC 9209 error types", tuple(scenario.reports), ERROR_TYPES, where)
    yield from _closed("needs= takes words of a closed list", sorted(scenario.needs), NEEDS, where)
    if scenario.level not in (1, 2, 3):
        yield Mistake(f"level= is 1, 2 or 3, not {scenario.level!r}", where)
    if scenario.cause and not re.fullmatch("[ABCD][0-9]+", scenario.cause):
        yield Mistake(f"cause= names a row such as A25 or B3, not {scenario.cause!r}", where)
    for variant in scenario.variants:
        acts = scenario.acts_of(variant)
        yield from _expectations(acts, where)
        yield from _sequence(acts)


def _expectations(acts: tuple[Act, ...], where: Where) -> Iterator[Mistake]:
    if not any(act.expect for act in acts):
        yield Mistake("nothing is expected: give expect= at least a Question", where)
    for act in acts:
        for expectation in act.expect:
            for clause in expectation.clauses:
                if problem := clause_error(clause):
                    yield Mistake(problem, expectation.where)


def _sequence(acts: tuple[Act, ...]) -> Iterator[Mistake]:
    """What the first act lays down for those after it."""
    first, *later = acts
    if first.upstream is None:
        yield Mistake("the first act needs upstream=: there is nothing before it that could go on", first.where)
    if first.reuse:
        yield Mistake("reuse= in the first act: there is no client connection yet", first.where)
    peers = len(act_peers(first) or ())
    for act in later:
        if len(act_peers(act) or ()) > peers > 0:
            yield Mistake(
                f"the gateway is told of {peers} upstream(s) in the first act, and of no more later", act.where
            )


def _closed(takes: str, given: Iterable[str], known: Iterable[str], where: Where) -> Iterator[Mistake]:
    """Words outside a closed list, with the nearest that is in it."""
    for word in given:
        if word not in known:
            near = difflib.get_close_matches(str(word), list(known), 1)
            yield Mistake(f"{takes}, not {word!r}{f'; did you mean {near[0]}?' if near else ''}", where)


def _marks(scenario: Scenario, rehearsal: Rehearsal) -> Iterator[Mistake]:
    marks = rehearsal.marks()
    if scenario.reports and not marks:
        yield Mistake("no step is marked wrong=, though reports= names an error: mark the fault", scenario.where)
    if not scenario.reports and marks:
        yield Mistake("reports=[] says that nothing is wrong, but this is marked wrong=", marks[0].where)
    if len(marks) > 1:
        first, second = marks[:2]
        yield Mistake(f"one fault per scenario: line {first.where.line} is marked wrong= too", second.where)
    for mark in marks:
        if isinstance(mark, Refuse | BlackHole | Peer) and mark.right is None:
            yield Mistake("a peer marked wrong= needs right=: the script of one that would be right", mark.where)
    yield from _unreached(scenario, rehearsal)


def _unreached(scenario: Scenario, rehearsal: Rehearsal) -> Iterator[Mistake]:
    """Marks in a script that reacts, which its rehearsal never came to."""
    reached = {mark.where.line for mark in rehearsal.marks()} | {s.where.line for s in rehearsal.steps() if s.watch}
    for script in _reacting(rehearsal):
        for line in _marked_lines(script):
            if line not in reached:
                yield Mistake("this mark is never reached in the rehearsal", Where(inspect.getfile(script), line))


def _reacting(rehearsal: Rehearsal) -> Iterator[Callable[..., object]]:
    for act in rehearsal.peers:
        for peer in act:
            if isinstance(peer, Peer):
                for script in peer.connections().all():
                    written = script.func if isinstance(script, partial) else script
                    if inspect.isgeneratorfunction(written):
                        yield written


def _marked_lines(script: Callable[..., object]) -> Iterator[int]:
    lines, start = inspect.getsourcelines(script)
    indent = len(lines[0]) - len(lines[0].lstrip())
    tree = ast.parse("".join(line[indent:] if line.strip() else line for line in lines))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(keyword.arg in ("wrong", "watch") for keyword in node.keywords):
            yield start + node.lineno - 1


def _parties(rehearsal: Rehearsal) -> Iterator[Mistake]:
    """Steps that only the upstream can take."""
    for script in rehearsal.scripts:
        for step in script.steps if not script.peer else ():
            if isinstance(step, ReceiveRequest | StartTLS):
                yield Mistake(f"{type(step).__name__} is for the upstream, not for the client", step.where)
            elif isinstance(step, Send) and not all(isinstance(line, bytes) for line in step.lines):
                yield Mistake("placeholders are for what the upstream sends, not the client", step.where)


def _endings(rehearsal: Rehearsal) -> Iterator[Mistake]:
    for script in rehearsal.scripts:
        for before, after in pairwise(script.steps):
            if isinstance(before, ENDINGS):
                name = type(before).__name__
                yield Mistake(f"nothing can follow {name}: the script has ended there", after.where)


def _bytes(scenario: Scenario, variant: str, rehearsal: Rehearsal) -> Iterator[Mistake]:
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


def _one_difference(scenario: Scenario, rehearsals: dict[str, Rehearsal]) -> Iterator[Mistake]:
    """The variants of a scenario may differ in exactly one step, or in another value of their acts."""
    for first, other in pairwise(rehearsals.items()):
        differ = _differences(first[1], other[1])
        if differ > 1:
            yield Mistake(f"vary= changes one step, but two variants differ in {differ}", scenario.where)
        if differ == 0 and scenario.acts_of(first[0]) == scenario.acts_of(other[0]):
            yield Mistake("vary= changes nothing: two variants are the same", scenario.where)


def _differences(first: Rehearsal, other: Rehearsal) -> int:
    """How many steps differ in the script that differs most (a plain script is played on every connection)."""
    if len(first.scripts) != len(other.scripts):
        return 1
    return max((_in_script(a.steps, b.steps) for a, b in zip(first.scripts, other.scripts, strict=True)), default=0)


def _in_script(first: tuple[Step, ...], other: tuple[Step, ...]) -> int:
    if len(first) != len(other):
        return abs(len(first) - len(other)) + 1
    return sum(a != b for a, b in zip(first, other, strict=True))
