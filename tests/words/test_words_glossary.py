"""The glossary: its rows are sound, and words are found by name, by likeness and in text."""

import re
from collections import Counter
from itertools import chain

import pytest

from lab.outcome import Outcome
from lab.rfc import clause_error
from lab.rfc.conditions import Stage
from lab.rfc.errors import ERROR_TYPES
from lab.rfc.keywords import Keyword, Role
from lab.words import TERMS, known, lookup, nearest
from lab.words.glossary import everyday

VERDICTS = (
    "conforms", "deviates", "inadvisable", "unsound", "yes", "no", "not-reached", "inconclusive", "not-applicable",
)  # fmt: skip
AVOIDED = ("toxic", "chaos", "attack", "evil", "backend", "SUT")


def normal(name: str) -> str:
    return name.casefold().replace("-", " ").replace("_", " ")


def test_every_sentence_is_one_plain_sentence() -> None:
    for term in TERMS:
        assert re.fullmatch(r"[A-Z].{8,198}\.", term.says), term
        assert ". " not in term.says, term
        assert not set(AVOIDED) & set(re.findall(r"\w+", term.says)), term


def test_every_clause_exists() -> None:
    for term in TERMS:
        assert [clause_error(clause) for clause in term.clauses if clause_error(clause)] == [], term


def test_there_are_enough_and_no_name_stands_for_two_things() -> None:
    assert len(TERMS) >= 120
    names = Counter(normal(name) for term in TERMS for name in chain((term.term,), term.aliases))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_sentence_explains_two_words() -> None:
    sentences = Counter(term.says for term in TERMS)
    assert [says for says, times in sentences.items() if times > 1] == []


def test_every_example_looks_like_the_address_of_a_scenario() -> None:
    for term in TERMS:
        assert re.fullmatch(r"([a-z0-9_]+/[a-z0-9_]+)?", term.example), term


def test_every_name_leads_to_its_term() -> None:
    for term in TERMS:
        for name in (term.term, *term.aliases):
            assert lookup(name) is term
            assert lookup(name.upper()) is term


def test_every_everyday_word_is_a_name_here() -> None:
    assert [word for word in sorted(everyday()) if lookup(word) is None] == []


@pytest.mark.parametrize(
    "word",
    [*Outcome, *VERDICTS, *Keyword, *ERROR_TYPES, *(f"{stage} stage" for stage in Stage)],
)
def test_every_word_that_the_lab_prints_is_explained(word: str) -> None:
    assert lookup(word) is not None


@pytest.mark.parametrize("role", Role)
def test_every_role_is_explained(role: Role) -> None:
    assert lookup(role) is not None


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("chunks", "chunk"),
        ("Proxies", "proxy"),
        ("caches", "cache"),
        ("status lines", "status line"),
        ("close-notify", "closure alert"),
        ("reverse proxy", "gateway"),
        ("reset", "RST"),
        ("keepalive", "persistent connection"),
        ("`If-None-Match:`", "If-None-Match"),
        ("if none match", "If-None-Match"),
        ("502 Bad Gateway", "502"),
        ("https", "HTTPS"),
        ("body", "content"),
        ("weak", "weak validator"),
    ],
)
def test_a_word_is_found_however_it_is_written(asked: str, term: str) -> None:
    found = lookup(asked)
    assert found is not None
    assert found.term == term


@pytest.mark.parametrize("asked", ["", " ", "s", "quark", "content type of things"])
def test_a_word_that_is_not_here_is_not_found(asked: str) -> None:
    assert lookup(asked) is None


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("gatway", "gateway"),
        ("cert", "certificate"),
        ("chunk sise", "chunk size"),
        ("contentlength", "Content-Length"),
        ("handshak", "handshake"),
        ("e-tag", "ETag"),
    ],
)
def test_the_nearest_word_comes_first(asked: str, first: str) -> None:
    near = nearest(asked)
    assert near[0].term == first
    assert len(near) <= 3
    assert len(set(near)) == len(near)


def test_nearest_gives_as_many_as_asked_for_and_nothing_for_nonsense() -> None:
    assert len(nearest("cache", n=5)) == 5
    assert len(nearest("cache", n=1)) == 1
    assert nearest("xyzzyq") == ()


def terms_in(text: str) -> list[str]:
    return [term.term for term in known(text)]


def test_terms_are_found_in_running_text_the_longest_first_and_each_once() -> None:
    text = (
        "The upstream promises 20 bytes with Content-Length: 20 and sends 5. The last chunk never comes, so the "
        "gateway (a reverse proxy) can no longer answer 502 (Bad Gateway)."
    )
    assert terms_in(text) == ["upstream", "Content-Length", "last chunk", "gateway", "502"]


def test_a_part_of_a_longer_name_is_not_taken_for_a_term() -> None:
    assert terms_in("X-Content-Foo and gateway-like things") == []
    assert terms_in("there is no cache and no store") == ["cache"]
    assert terms_in("it says no-cache, not no-store") == ["no-cache", "no-store"]


def test_an_everyday_word_counts_only_as_the_standards_spell_it() -> None:
    assert terms_in("you may get this at any age, and you must not post it via me") == []
    assert terms_in("A GET with an Age field MUST NOT name a Via.") == ["GET", "Age", "MUST", "Via"]


def test_text_without_terms_has_none() -> None:
    assert known("") == ()
    assert known("Once upon a time...") == ()
