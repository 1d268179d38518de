"""Looking words up: by name, by likeness, and in running text."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from lab.rfc.errors import ERROR_TYPES
from lab.words.caching import CACHING
from lab.words.connections import CONNECTIONS
from lab.words.lab_words import JUDGEMENT, STORIES
from lab.words.meaning import MEANING
from lab.words.messages import MESSAGES
from lab.words.other_protocols import OTHER_PROTOCOLS
from lab.words.parties import PARTIES
from lab.words.security import SECURITY
from lab.words.term import Term

_ERRORS = tuple(Term(error.name, (), error.when, "", (error.clause,)) for error in ERROR_TYPES.values())

TERMS: tuple[Term, ...] = (
    *PARTIES, *CONNECTIONS, *SECURITY, *MESSAGES, *MEANING, *CACHING, *OTHER_PROTOCOLS, *STORIES, *JUDGEMENT, *_ERRORS,
)  # fmt: skip
"""Every term of the glossary, by theme."""

_EVERYDAY = """
    act age altered answer authority cause chain close closed closing complete condition connect control cut date
    deadline delete delivered expect expires fact fault field fitting fold follows forwarded generator get grid head
    hit host hung lesson lifetime loop made_by mark marked may miss must must_not no not_recommended optional
    options own perform performance performed post prime primed private public put question range reading readings
    recommended repair repaired required resource role run safe settings shall shall_not should should_not stage
    step store stored story stream strict strong surplus target token unsafe vary version via weak wire yes
"""
_WORD = re.compile(r"[^\s,;()\[\]{}<>\"“”!?]+")
_LONGEST = 6


def lookup(word: str) -> Term | None:
    """The term of that name, or None. Case, plural, hyphens, underscores and quotes do not matter."""
    return _find(_key(word), _names())


def nearest(word: str, n: int = 3) -> tuple[Term, ...]:
    """At most `n` terms whose names are most like the word, the most likely first; none if nothing is like it."""
    wanted = _key(word)
    likeness: dict[Term, float] = {}
    for name, term in _names().items():
        ratio = SequenceMatcher(None, wanted, name).ratio()
        # A word that was only begun ("cert") is nearer to what it begins than its letters make it.
        if len(wanted) > 2 and name.startswith(wanted):
            ratio = max(ratio, 0.8 + ratio / 10)
        likeness[term] = max(ratio, likeness.get(term, 0.0))
    ranked = sorted((term for term, ratio in likeness.items() if ratio >= 0.6), key=lambda term: -likeness[term])
    return tuple(ranked[:n])


def known(text: str) -> tuple[Term, ...]:
    """The terms of the glossary that occur in a text, each once, in order; the longest name wins."""
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[Term]:
    words = [match.group().strip(".:'`*") for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            term = _recognised(" ".join(words[at : at + length]))
            if term is not None:
                yield term
                break
        else:
            length = 1
        at += length


def _recognised(phrase: str) -> Term | None:
    """Stricter than `lookup`: "there is no cache" speaks of no directive, so a hyphen has to be one."""
    term = _find(phrase.casefold(), _spelt())
    if term is None or not any(form in everyday() for form in _forms(phrase.casefold())):
        return term
    as_spelt = phrase != phrase.lower() and phrase in (term.term, *term.aliases)
    return term if as_spelt else None


@cache
def everyday() -> frozenset[str]:
    """Names that are ordinary English words, too.

    In running text they count only as the glossary spells them, and only if that has capitals: `GET`, `MUST`, `Age`.
    """
    return frozenset(word.replace("_", " ") for word in _EVERYDAY.split())


@cache
def _names() -> dict[str, Term]:
    """Every name and alias, in the form in which it is asked for."""
    return {_key(name): term for term in TERMS for name in (term.term, *term.aliases)}


@cache
def _spelt() -> dict[str, Term]:
    """Every name and alias, in the form in which it stands in a text."""
    return {name.casefold(): term for term in TERMS for name in (term.term, *term.aliases)}


def _find(key: str, names: dict[str, Term]) -> Term | None:
    return next((names[form] for form in _forms(key) if form in names), None)


def _key(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", name.strip(" \t\r\n.:'\"`")).casefold()


def _forms(key: str) -> Iterator[str]:
    """The word itself, then what it may be the plural of."""
    yield key
    if key.endswith("ies"):
        yield key[:-3] + "y"
    if key.endswith("es"):
        yield key[:-2]
    if key.endswith("s"):
        yield key[:-1]
