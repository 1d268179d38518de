"""A cell in a sign and in words. What it means never hangs on a colour; the signs are ASCII."""

from collections.abc import Container, Iterator, Mapping

from lab.grid import Asking, Cell, Finding, Sort, State
from lab.outcome import OUTCOMES, Maker, Outcome
from lab.show.text.lines import Style

Row = Mapping[tuple[State, Asking], Cell]
"""The cells of one case; those that were not played are left out."""

CLIENTS = {Asking.PLAIN: "plain", Asking.MATCHING: "match", Asking.NON_MATCHING: "other"}
HEADS = {
    Asking.PLAIN: "no If-None-Match",
    Asking.MATCHING: "one that matches",
    Asking.NON_MATCHING: "one that does not",
}

SIGNS = {
    Outcome.STORED: "=",
    Outcome.STALE: "~",
    Outcome.RELAYED: ">",
    Outcome.REPAIRED: "+",
    Outcome.REPORTED: "x",
    Outcome.BLAMED_CLIENT: "b",
    Outcome.OWN: "o",
    Outcome.TUNNELLED: "|",
    Outcome.CUT_SHORT: "/",
    Outcome.DISGUISED: "!",
    Outcome.NOT_HTTP: "#",
    Outcome.HUNG: ".",
    Outcome.NO_ANSWER: "-",
}
UNKNOWN = "?"

STYLES = {
    Outcome.STORED: Style.GOOD,
    Outcome.STALE: Style.GOOD,
    Outcome.RELAYED: Style.PLAIN,
    Outcome.REPAIRED: Style.PLAIN,
    Outcome.DISGUISED: Style.BAD,
    Outcome.NOT_HTTP: Style.BAD,
    Outcome.BLAMED_CLIENT: Style.BAD,
}

LETTERS = {Finding.COPY_LOST: "L", Finding.FAILURE_STORED: "S"}
FOUND = {Finding.COPY_LOST: Style.DOUBT, Finding.FAILURE_STORED: Style.BAD}
NAMES = {Finding.COPY_LOST: "copy lost", Finding.FAILURE_STORED: "failure stored"}


def meanings(used: Container[str]) -> Iterator[tuple[str, str, str, Style]]:
    """What the signs and letters mean that are used: each with its name, a sentence, and its style."""
    known = [
        (mark, str(outcome), OUTCOMES[outcome], STYLES.get(outcome, Style.DOUBT)) for outcome, mark in SIGNS.items()
    ]
    known.append((UNKNOWN, "nobody knows", "The state was not set up, or the fault took no effect.", Style.DOUBT))
    known += [(letter, NAMES[finding], finding.says, FOUND[finding]) for finding, letter in LETTERS.items()]
    return (each for each in known if each[0] in used)


def sign(cell: Cell) -> str:
    """One character for what the client got."""
    if cell.sort is Sort.NOT_APPLICABLE:
        return " "
    return SIGNS[cell.met.outcome] if cell.met is not None and cell.sort is not Sort.INCONCLUSIVE else UNKNOWN


def status(cell: Cell) -> str:
    """Three characters: the status, or that there is none."""
    if cell.sort is Sort.NOT_APPLICABLE:
        return "n/a"
    if cell.sort is Sort.INCONCLUSIVE or cell.met is None:
        return "?"
    return str(cell.met.status or "-")


def word(cell: Cell) -> str:
    """What the client got, or why nobody knows, in a word or two."""
    if cell.sort is Sort.NOT_APPLICABLE:
        return "does not apply"
    if cell.sort is Sort.INCONCLUSIVE:
        return "not set up" if cell.not_set_up else "not tested"
    return str(cell.met.outcome) if cell.met is not None else ""


def words(cell: Cell) -> str:
    """Sign, status and word: `x 502 reported`."""
    known = cell.sort not in (Sort.INCONCLUSIVE, Sort.NOT_APPLICABLE)
    return f"{sign(cell)} {status(cell)} {word(cell)}" if known else f"{sign(cell)} {word(cell)}"


def remarks(cell: Cell) -> tuple[tuple[str, str], ...]:
    """What is worth knowing beside what the client got: a letter and words for each, the worst first."""
    told = [(LETTERS[finding], NAMES[finding]) for finding in cell.findings]
    if cell.disguised and cell.met is not None and cell.met.outcome is not Outcome.DISGUISED:
        told.insert(0, (SIGNS[Outcome.DISGUISED], "disguised later"))
    return tuple(told)


def style(cell: Cell) -> Style:
    """How a terminal may colour it."""
    if cell.disguised or Finding.FAILURE_STORED in cell.findings:
        return Style.BAD
    if cell.sort is Sort.NOT_APPLICABLE:
        return Style.QUIET
    if cell.sort is Sort.INCONCLUSIVE or cell.met is None or cell.findings:
        return Style.DOUBT
    return STYLES.get(cell.met.outcome, Style.DOUBT)


def story(cell: Cell) -> Iterator[str]:
    """What happened, in sentences: what the client got, what became of the copy, what came at the end."""
    if cell.sort in (Sort.INCONCLUSIVE, Sort.NOT_APPLICABLE):
        yield f"{cell.why[:1].upper()}{cell.why[1:]}."
        return
    assert cell.met is not None
    assert cell.last is not None
    if cell.sort is Sort.NOT_REACHED:
        yield "The upstream was never asked."
    elif cell.asked_with:
        yield f"The gateway asked with If-None-Match: {cell.asked_with}"
    elif cell.asked_with is not None:
        yield "The gateway asked without a condition."
    else:
        yield "No request reached the upstream."
    yield OUTCOMES[cell.met.outcome]
    if cell.met.made_by is not Maker.NOBODY:
        yield f"Made by the {cell.met.made_by}; {len(cell.met.content):,} bytes of content, {cell.met.ending}."
    yield from _afterwards(cell)


def _afterwards(cell: Cell) -> Iterator[str]:
    assert cell.last is not None
    got = f"{cell.last.status or 'no status'} ({cell.last.outcome})"
    asked = "without asking" if cell.asked_last_with is None else "and had asked"
    with_tag = f" with If-None-Match: {cell.asked_last_with}" if cell.asked_last_with else ""
    yield f"When the upstream was well again, the gateway gave {got} {asked}{with_tag}."
    if cell.copy_kept is not None:
        yield "The good copy was still there." if cell.copy_kept else "The good copy was no longer there."
    yield from (finding.says for finding in cell.findings)
