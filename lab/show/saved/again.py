"""A judgement of what was kept: with the scenario as it stands now, or with none where it is gone."""

from dataclasses import replace

from lab.scenario import Case, Scenario
from lab.script import Get, ReceiveRequest
from lab.show.saved.performance import Saved
from lab.verdict import READS, Judgement, Verdict, judge, not_applicable


def judged_again(saved: Saved, case: Case | None) -> Judgement:
    """What is to be said of a kept performance now. `case`: None where its scenario is gone; then nothing is judged,
    and what was said of it then is told."""
    if case is None:
        return _unjudged(saved)
    if saved.lacking:
        return not_applicable(case, saved.transcript, saved.lacking)
    return judge(case, saved.transcript, saved.control)


def stand_in(saved: Saved) -> Case:
    """A case with the words of a scenario that is gone, and with no script: what it marked shows by what happened."""
    scenario = Scenario(
        lesson=saved.lesson.strip() or "(its scenario is gone)",
        guess="(its scenario is gone)",
        client=Get("/"),
        upstream=[ReceiveRequest()],
        reports=saved.reports,
        address=saved.transcript.scenario,
        title=saved.title or saved.transcript.scenario,
        vary={saved.transcript.variant: 1, f"not {saved.transcript.variant}": 2} if saved.transcript.variant else None,
    )
    return Case(scenario, saved.transcript.variant)


def _unjudged(saved: Saved) -> Judgement:
    case = stand_in(saved)
    if saved.lacking:
        return not_applicable(case, saved.transcript, saved.lacking)
    then = f"; when it was kept: {READS[Verdict(saved.verdict)]}" if saved.verdict in list(Verdict) else ""
    return replace(
        judge(case, saved.transcript),
        verdict=Verdict.INCONCLUSIVE,
        why=f"its scenario is not here, so that nothing could be judged{then}",
    )
