"""What a user got wrong: one line, with what to do, and exit status 2."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click


class Problem(click.ClickException):
    """One line for the user; nothing was played because of it."""

    exit_code = 2


def near(word: str, known: Iterable[str]) -> str:
    """`did you mean run?`; where nothing is like it, all that there are."""
    names = list(known)
    found = difflib.get_close_matches(word.lower(), names, 3, 0.5)
    return f"did you mean {' or '.join(found)}?" if found else f"there are: {', '.join(names)}"


@contextmanager
def problems_of(*kinds: type[Exception]) -> Iterator[None]:
    """Errors of these kinds, whose message is already one line for the user, become problems."""
    try:
        yield
    except kinds as error:
        raise Problem(str(error)) from None
