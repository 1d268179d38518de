"""A question first: the guess is kept, and held against what was seen."""

from dataclasses import dataclass

from lab.notebook.displayed import Displayed, Shown, as_text, said
from lab.notebook.problems import Problem


@dataclass(frozen=True, repr=False)
class Guess(Shown):
    """A question, and what was guessed; `...`: nothing yet."""

    question: str
    given: object

    @property
    def made(self) -> bool:
        return self.given is not ...

    @property
    def displayed(self) -> Displayed:
        if not self.made:
            return said("Not yet", self.question, "Write your guess in place of the three dots.")
        return said("Your guess", f"{_told(self.given)}. It is kept.")


def guess(question: str, given: object) -> Guess:
    """Keep a guess. `given`: a number, a word, True or False; `...` where nothing was guessed yet."""
    return Guess(question, given)


def reveal(guessed: Guess, seen: object, because: str = "") -> Displayed:
    """Hold a guess against what was seen, and say why it is so. Nothing guessed is no error."""
    if not isinstance(guessed, Guess):
        raise Problem(f"{as_text(guessed)} is no guess that was kept: write guess(question, your answer) in its cell")
    found = as_text(seen)
    if not guessed.made:
        return said(guessed.question, f"You made no guess. It is: {found}.", because)
    if _same(_told(guessed.given), found):
        return said(guessed.question, f"As you guessed: {found}.", because)
    return said(guessed.question, f"You guessed {_told(guessed.given)}; it is: {found}.", because)


def _told(given: object) -> str:
    return "none" if given is None else as_text(given)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
