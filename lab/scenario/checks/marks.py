"""One fault, marked, with what would have been right; and no mark that is never reached."""

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import partial

from lab.scenario.rehearsal import Rehearsal
from lab.scenario.story import Scenario
from lab.script import BlackHole, Mistake, Peer, Refuse, Where


def mistakes(scenario: Scenario, rehearsal: Rehearsal) -> Iterator[Mistake]:
    """No mark, too many, one that is never reached, or a peer's without its repair."""
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
