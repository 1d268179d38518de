"""Exercises: a check says Right, Look again or Not yet, and never gives the answer away.

    @exercise
    def bytes_missing(answer: object, run: Run) -> Checked:
        '''Subtract what came from what was promised.'''
        missing = int(run.fields["content-length"]) - len(run.content)
        if answer == missing:
            return right("the fragment is shorter than it says: only who counts can know.")
        return look_again("how many bytes did Content-Length promise, and how many came?")

The docstring is what `Not yet` says. A check that performs is an `async def`, and is awaited in the notebook.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeGuard, TypeVar

from lab.notebook.displayed import Displayed, said
from lab.notebook.problems import Problem, problems
from lab.script import Step

Check = TypeVar("Check", bound=Callable[..., Any])


class State(StrEnum):
    """What a check found; the word with which it begins."""

    RIGHT = "Right"
    LOOK_AGAIN = "Look again"
    NOT_YET = "Not yet"


@dataclass(frozen=True, repr=False)
class Checked(Displayed):
    """What a check says of an answer."""

    state: State = State.NOT_YET


def right(why: str) -> Checked:
    """The answer is right; `why`: a sentence."""
    return _checked(State.RIGHT, why)


def look_again(hint: str) -> Checked:
    """The answer is not right; `hint`: where to look, without the answer."""
    return _checked(State.LOOK_AGAIN, hint)


def not_yet(what: str) -> Checked:
    """There is no answer yet; `what`: what is to be done."""
    return _checked(State.NOT_YET, what)


def number(given: object) -> TypeGuard[int | float]:
    """Whether an answer is a number; a number in quotes is none, and neither is True."""
    return isinstance(given, int | float) and not isinstance(given, bool)


def exercise(check: Check) -> Check:
    """A check for notebooks. Where an answer still has its three dots, it says `Not yet` and the check's docstring;
    where an answer cannot be performed, why. An asynchronous check stays one."""
    task = " ".join((inspect.getdoc(check) or "Fill in the three dots.").split())

    @functools.wraps(check)
    def checked(*given: Any, **named: Any) -> Any:
        if any(map(_open, (*given, *named.values()))):
            return not_yet(task)
        try:
            with problems():
                return check(*given, **named)
        except Problem as problem:
            return look_again(str(problem))

    @functools.wraps(check)
    async def checked_later(*given: Any, **named: Any) -> Any:
        if any(map(_open, (*given, *named.values()))):
            return not_yet(task)
        try:
            with problems():
                return await check(*given, **named)
        except Problem as problem:
            return look_again(str(problem))

    return checked_later if inspect.iscoroutinefunction(check) else checked  # type: ignore[return-value]


def are_steps(given: object) -> TypeGuard[list[Step] | tuple[Step, ...]]:
    """Whether an answer is an upstream's steps, one after the other."""
    return isinstance(given, list | tuple) and all(isinstance(each, Step) for each in given)


def _open(given: object) -> bool:
    """Whether an answer, or a part of it, has not been given yet."""
    if isinstance(given, Mapping):
        return any(map(_open, given.values()))
    if isinstance(given, list | tuple | set):
        return any(map(_open, given))
    return given is ...


def _checked(state: State, says: str) -> Checked:
    shown = said(state, says)
    return Checked(shown.text, shown.html, state=state)
