"""A learner's guess in the tour: what of it can be compared, and how it compares with what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lab.outcome.facts import Facts, Maker
from lab.show.text.statuses import counted, status_words

_MAKERS = {"upstream": Maker.UPSTREAM, "gateway": Maker.GATEWAY, "store": Maker.STORE, "cache": Maker.STORE}
_MADE = {
    Maker.UPSTREAM: "the upstream made it",
    Maker.GATEWAY: "the gateway made it",
    Maker.STORE: "it came from the gateway's store",
    Maker.NOBODY: "nobody made an answer",
}
_FREE = {"yes", "no", "none", "nothing", "nonsense", "something", "else", "error", "old", "report"}
_UNSURE = {"or", "not", "no", "maybe", "neither"}
_NAMES_WITH_A_MAKER = re.compile(r"bad gateway|gateway time-?out")


@dataclass(frozen=True)
class Guess:
    """What was typed, and what can be compared: one number, one maker; None where there is none or more than one."""

    text: str
    number: int | None
    maker: Maker | None


def guessed(text: str) -> Guess | None:
    """None where the text is no answer: it holds neither a number, nor a maker, nor a plain word such as `yes`."""
    words = re.findall(r"[a-z]+|\d+", _NAMES_WITH_A_MAKER.sub("", text.lower()))
    numbers = {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 10}
    makers = {_MAKERS[word] for word in words if word in _MAKERS}
    numbers |= {0} if {"zero", "none"} & set(words) else set()
    if not numbers and not makers and not _FREE & set(words):
        return None
    sure = not _UNSURE & set(words)
    number, maker = numbers if len(numbers) == 1 and sure else {None}, makers if len(makers) == 1 and sure else {None}
    return Guess(text, *number, *maker)


def compared(guess: Guess, question: str, facts: Facts | None) -> Iterator[str]:
    """Sentences: the number against what the question asks for, and the maker where one was guessed."""
    if facts is None or facts.status is None:
        came, right = "no status at all", False
    elif "how many bytes" in question.lower():
        came, right = f"{counted(len(facts.content), 'byte')} of content", guess.number == len(facts.content)
    else:
        came, right = status_words(facts.status), guess.number == facts.status
    yield f"{'Right' if right else 'What came'}: {came}."
    if guess.maker is not None and facts is not None:
        yield f"{'Right' if guess.maker is facts.made_by else 'Who made it'}: {_MADE[facts.made_by]}."
