"""Right against wrong: the scripts of a case as they were written and repaired, as a diff."""

import difflib
from collections.abc import Sequence

from lab.scenario import Case
from lab.scenario.rehearsal import Rehearsal, rehearse
from lab.script import Send, begin
from lab.show.escape import wire_lines
from lab.show.text.lines import Line, Span, Style, chopped, line
from lab.show.text.steps import alone, connection_words, did, listening, party

_SIGNS = {"-": Style.BAD, "+": Style.GOOD, " ": Style.PLAIN}


def difference(case: Case, width: int) -> list[Line]:
    """Every script in which the repaired case differs: `-` stands at what is wrong, `+` at what would be right.

    Empty where nothing is marked wrong.
    """
    wrong, right = _scripts(rehearse(case)), _scripts(rehearse(case.control()))
    lines: list[Line] = []
    for name in dict.fromkeys([*wrong, *right]):
        before, after = wrong.get(name, []), right.get(name, [])
        if before != after:
            lines.append(line(Span(name, Style.QUIET)))
            lines += [each for row in _rows(before, after) for each in _row(row, width)]
    return lines


def _scripts(rehearsal: Rehearsal) -> dict[str, list[str]]:
    """What each party does, a text for each row, by the name of the script."""
    acts = {script.act for script in rehearsal.scripts} | set(range(1, len(rehearsal.peers) + 1))
    found: dict[str, list[str]] = {}
    for script in rehearsal.scripts:
        connection = connection_words(script.connection, alone(script, rehearsal))
        who = "client" if script.peer == 0 else f"{party(script.peer)}, {connection}"
        name = f"request {script.act}, {who}" if len(acts) > 1 else who
        found[name] = [f"{verb:7} {text}".rstrip() for step in script.steps for verb, text in did(step)]
    for number, peers in enumerate(rehearsal.peers, 1):
        for place, peer in enumerate(peers, 1):
            if listening(peer):
                name = f"{party(place)}, every connection"
                name = f"request {number}, {name}" if len(acts) > 1 else name
                found[name] = [listening(peer), *found.get(name, ())]
    return found


def _rows(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Each row with its sign."""
    rows: list[str] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            rows += [f"  {text}" for text in before[a:b]]
        else:
            rows += [f"- {text}" for text in before[a:b]] + [f"+ {text}" for text in after[c:d]]
    return rows


def _row(row: str, width: int) -> list[Line]:
    return list(chopped(line(Span(row, _SIGNS[row[0]])), width, "          "))


def wrong_lines(step: Send) -> list[bytes]:
    """The wire lines of a marked Send that its repair does not have."""
    right = {row for each in begin(step.right) if isinstance(each, Send) for row in _wire_lines(each)}
    return [row for row in _wire_lines(step) if row not in right]


def _wire_lines(step: Send) -> list[bytes]:
    return [row for part in step.lines if isinstance(part, bytes) for row in wire_lines(part)]
