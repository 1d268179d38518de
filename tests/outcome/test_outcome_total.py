"""The outcome is total: every combination of facts has one word, and the words mean what DESIGN says."""

from itertools import product

import pytest

from lab.outcome import OUTCOMES, Ending, Fidelity, Maker, Outcome, outcome

STATUSES = (None, 101, 200, 204, 304, 404, 499, 500, 502, 599)
ALL = list(product((False, True), Ending, (False, True), (0, 3), Maker, Fidelity, STATUSES, (False, True)))


def word(received: bool, ending: Ending, http: bool, surplus: int, *rest: object) -> Outcome:
    made_by, fidelity, status, stale = rest
    return outcome(received=received, ending=ending, http=http, surplus=surplus, made_by=made_by,  # type: ignore[arg-type]
                   fidelity=fidelity, status=status, stale=stale)  # type: ignore[arg-type]  # fmt: skip


def test_every_combination_has_a_word_and_every_word_a_combination() -> None:
    found = {word(*facts) for facts in ALL}
    assert found == set(Outcome) == set(OUTCOMES)


def test_an_incomplete_answer_never_counts_as_one() -> None:
    whole = {Outcome.RELAYED, Outcome.REPAIRED, Outcome.STORED, Outcome.STALE, Outcome.REPORTED, Outcome.BLAMED_CLIENT,
             Outcome.OWN, Outcome.DISGUISED}  # fmt: skip
    for received, ending, *rest in ALL:
        if ending is not Ending.COMPLETE or not received:
            assert word(received, ending, *rest) not in whole  # type: ignore[arg-type]


GOOD = {"received": True, "ending": Ending.COMPLETE, "http": True, "surplus": 0, "made_by": Maker.UPSTREAM,
        "fidelity": Fidelity.EXACT, "status": 200, "stale": False}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "relayed"),
        ({"fidelity": Fidelity.REPAIRED}, "repaired"),
        ({"fidelity": Fidelity.ALTERED}, "disguised"),
        ({"fidelity": Fidelity.NONE}, "disguised"),
        ({"status": 502}, "relayed"),
        ({"made_by": Maker.GATEWAY, "status": 502}, "reported"),
        ({"made_by": Maker.GATEWAY, "status": 400}, "blamed-client"),
        ({"made_by": Maker.GATEWAY}, "own"),
        ({"made_by": Maker.STORE}, "stored"),
        ({"made_by": Maker.STORE, "stale": True}, "stale"),
        ({"made_by": Maker.STORE, "fidelity": Fidelity.ALTERED}, "disguised"),
        ({"surplus": 1}, "not-http"),
        ({"http": False}, "not-http"),
        ({"ending": Ending.CUT}, "cut-short"),
        ({"ending": Ending.RESET}, "cut-short"),
        ({"ending": Ending.STALLED}, "hung"),
        ({"ending": Ending.TUNNEL, "status": 101}, "tunnelled"),
        ({"received": False, "ending": Ending.CLOSED, "status": None}, "no-answer"),
        ({"received": False, "ending": Ending.RESET, "status": None}, "no-answer"),
        ({"received": False, "ending": Ending.STALLED, "status": None}, "hung"),
    ],
)
def test_the_words_by_one_change_each(change: dict[str, object], expected: str) -> None:
    assert outcome(**{**GOOD, **change}) == expected  # type: ignore[arg-type]
