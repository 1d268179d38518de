"""What was kept is judged once more: with its scenario as it stands now, or with none."""

import dataclasses

import pytest

from lab.expect import Answers, Must
from lab.rfc import RFC
from lab.scenario import Case
from lab.show.saved import judged_again, stand_in
from lab.show.text.lines import plain
from lab.show.text.report import report
from lab.verdict import Verdict
from tests.show.staged import broken_promise, scenario
from tests.show.test_show_saved import kept


def test_it_is_judged_with_the_scenario_as_it_stands_now() -> None:
    now = scenario(expect=[Must("it is a 418", Answers(418), RFC(9110, "15"))])
    assert judged_again(kept(), Case(now)).verdict is Verdict.DEVIATES
    assert judged_again(kept(), Case(scenario())).verdict is Verdict.CONFORMS


def test_a_failed_control_still_counts() -> None:
    control = dataclasses.replace(broken_promise().transcript, repaired=True, failure="it could not listen")
    judgement = judged_again(kept(control=control), Case(scenario()))
    assert (judgement.verdict, judgement.why) == (
        Verdict.INCONCLUSIVE,
        "its control failed: repaired, it could not listen",
    )


def test_what_the_gateway_lacked_is_said_again() -> None:
    for case in (Case(scenario()), None):
        judgement = judged_again(kept(lacking=("cache",)), case)
        assert (judgement.verdict, judgement.why) == (Verdict.NOT_APPLICABLE, "it lacks: cache")


@pytest.mark.parametrize("variant", ["", "a", "not a"])
def test_without_its_scenario_it_is_shown_and_not_judged(variant: str) -> None:
    saved = kept(dataclasses.replace(broken_promise()))
    saved = dataclasses.replace(saved, transcript=dataclasses.replace(saved.transcript, variant=variant))
    judgement = judged_again(saved, None)
    assert judgement.verdict is Verdict.INCONCLUSIVE
    said = plain(report(judgement, 80, everything=True))
    assert "closes (FIN)" in said
    assert "!! the fault, at the upstream: 15 bytes are missing" in said
    assert "when it was kept: keeps the rule" in " ".join(said.split())
    assert stand_in(saved).name == saved.name


def test_a_kept_lesson_may_be_blank() -> None:
    assert stand_in(kept(lesson=" \n", title="")).name == "first/broken_promise"
