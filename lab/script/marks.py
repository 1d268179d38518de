"""Where a value was written, what is marked in it, and how an author is told of a mistake."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Where(NamedTuple):
    """The author's own place: a file and a line (1-based)."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Where("", 0)


class Mistake(Exception):
    """Something wrong in a scenario file, told in one line: `file:line: what, and what to do`."""

    def __init__(self, says: str, where: Where = NOWHERE) -> None:
        super().__init__(says, where)
        self.says = says
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.says}" if self.where.file else self.says


def written_here() -> Where:
    """The nearest frame outside this package: a step knows its author's line, also inside a generator."""
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__name__", "")).partition(".")[0] in _OURS:
        frame = frame.f_back
    return Where(frame.f_code.co_filename, frame.f_lineno)


# The constructors that `dataclass` writes run in the module of their class; `replace` is the standard library's.
_OURS = frozenset({"lab", "dataclasses", "copy"})


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What every step and every listening condition carries.

    `wrong` says in one sentence what is wrong, and makes this the fault of the scenario; `right` is what would have
    been right (a step or a script; nothing: leave it out). `watch` marks what is legal but tricky.
    """

    wrong: str | None = None
    right: Any = None
    watch: str | None = None
    where: Where = field(default_factory=written_here, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("wrong", "watch"):
            text = getattr(self, name)
            if text is not None and (not isinstance(text, str) or not text.strip()):
                raise Mistake(f"{name}= takes a sentence, not {text!r}", self.where)
        if self.right is not None and not _may_be_right(self.right):
            raise Mistake(f"right= takes a step or a script, not {self.right!r}{_instead(self.right)}", self.where)
        if self.right is not None and self.wrong is None:
            raise Mistake("right= needs wrong=: say what is wrong in one sentence", self.where)
        if self.wrong is not None and self.watch is not None:
            raise Mistake("a step is either wrong= or watch=, not both: what is wrong is watched anyway", self.where)


def _may_be_right(given: object) -> bool:
    if isinstance(given, type | str | bytes):
        return False
    return isinstance(given, Marked | Iterable | Callable)


def _instead(given: object) -> str:
    """What to write for bytes, where a step is wanted."""
    if not isinstance(given, bytes):
        return ""
    return f": write Send({given!r})" if given else ": where nothing is to be sent instead, leave it out"


def one_of(what: str, given: object, allowed: Sequence[object], where: Where) -> None:
    """Refuse a word outside a closed list, and name the list."""
    if given not in allowed:
        raise Mistake(f"{what} is one of {', '.join(map(str, allowed))}, not {given!r}", where)
