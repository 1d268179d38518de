"""No text of the lab claims of gateways in general what a performance refutes: every such claim stands on something."""

import re
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from lab.expect import Predicate
from lab.gateways.names import gateway_named
from lab.outcome import Facts
from lab.performance import perform_all
from lab.rfc import RFC, clause_error
from lab.words import TERMS
from tests.catalogue.catalogue import addresses, catalogue, scenarios
from tests.catalogue.claims import CLAIMS, Seen, Unless
from tests.catalogue.reference_expected import MODES
from tests.performance.relay import Relay

EVERYBODY = re.compile(
    r"\b(always|never|every|everybody|everyone|cannot|must|nobody|no one|impossible"
    r"|(all|no) (gateway|client|server|recipient|cache|standard)s?)\b",
    re.IGNORECASE,
)
PARTY = re.compile(r"\b(gateways?|clients?|servers?|recipients?|prox(y|ies)|browsers?|caches?)\b", re.IGNORECASE)
TELLING = re.compile(
    r"\b(nobody|no one|cannot|never|not)\b[^.?!]*\b(tell|notice|see)\b|taken? back|looks? alike|looks the same",
    re.IGNORECASE,
)


def test_every_general_claim_stands_on_something() -> None:
    baseless = {sentence: place for sentence, place in said() if is_general(sentence) and sentence not in CLAIMS}
    assert baseless == {}, "give it a ground in claims.py, or say less"


def test_no_claim_stands_there_that_nobody_makes() -> None:
    assert set(CLAIMS) - {sentence for sentence, _ in said()} == set()


def test_the_clauses_on_which_claims_stand_are_there() -> None:
    assert [
        clause_error(ground) for ground in CLAIMS.values() if isinstance(ground, RFC) and clause_error(ground)
    ] == []


@pytest.mark.anyio
async def test_no_performance_refutes_a_claim() -> None:
    tested = {claim: ground for claim, ground in CLAIMS.items() if isinstance(ground, Unless | Seen)}
    wanted = {address for ground in tested.values() for address in ground.scenarios.split()}
    assert wanted - addresses() == set()
    got = await performed(wanted)
    refuted = []
    for claim, ground in tested.items():
        shown = {who for address in ground.scenarios.split() for who, facts in got[address] if ground.seen(facts)}
        if bool(shown) is isinstance(ground, Unless):
            refuted.append((claim, ground.seen.says, ground.scenarios, shown))
    assert refuted == []


async def performed(wanted: set[str]) -> dict[str, list[tuple[str, Facts]]]:
    """What the client got in these scenarios, on the reference gateway in each mode, and on one that is a mere pipe."""
    todo = [case for case in catalogue().all_cases() if case.scenario.address in wanted]
    seen: dict[str, list[tuple[str, Facts]]] = {address: [] for address in wanted}
    for gateway in (*map(gateway_named, MODES.values()), Relay()):
        async with aclosing(perform_all(todo, gateway, jobs=4)) as all_performed:
            async for each in all_performed:
                for exchange in each.judgement.exchanges:
                    seen[each.case.scenario.address].append((gateway.player.name, exchange.facts))
    return seen


def said() -> Iterator[tuple[str, str]]:
    """Each sentence of the lab's own, and its place."""
    for place, text in lessons():
        yield from ((sentence, place) for sentence in sentences(text))


def is_general(sentence: str) -> bool:
    """Whether it says something of all gateways, clients or servers, or of what can be told."""
    said_of_all = EVERYBODY.search(sentence) and PARTY.search(sentence)
    return not sentence.endswith("?") and bool(said_of_all or TELLING.search(sentence))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", " ".join(text.split()))


def lessons() -> Iterator[tuple[str, str]]:
    """What the lab tells its reader in its own words: not what it quotes of the standard beside an expectation."""
    for entry in catalogue().chapters:
        yield from ((entry.name, text) for text in (entry.chapter.title, entry.chapter.text, *entry.chapter.goals))
    for scenario in scenarios():
        for text in (scenario.title, scenario.story, scenario.lesson, scenario.guess, scenario.unseen):
            yield scenario.address, text
    yield from ((f"the word {term.term}", term.says) for term in TERMS)


@pytest.mark.parametrize(
    ("sentence", "general"),
    [
        ("A gateway always closes.", True),
        ("Every client waits.", True),
        ("Nobody can tell that there was more.", True),
        ("Does a gateway ever close?", False),
        ("The gateway closes.", False),
        ("Every letter counts.", False),
    ],
)
def test_a_general_claim_is_known_by_its_words(sentence: str, general: bool) -> None:
    assert is_general(sentence) is general


@pytest.mark.anyio
async def test_a_claim_that_is_wrong_is_refuted() -> None:
    seen = await performed({"first/broken_promise"})
    wrong = Predicate("a 502", lambda facts: facts.status == 502)
    assert {gateway for gateway, facts in seen["first/broken_promise"] if wrong(facts)} == {"reference-buffer"}
