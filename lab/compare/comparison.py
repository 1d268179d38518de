"""The comparison as a value: what was performed, and every claim with what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.compare import beliefs, pair, remedies, stages
from lab.compare.causes import Causes
from lab.compare.results import All, Experiment, Holding, Result
from lab.compare.visits import Trial
from lab.transcript import Player


@dataclass(frozen=True)
class Comparison:
    """All that was measured on one gateway. `seconds`: how long it took."""

    player: Player
    tried: All
    causes: Causes
    seconds: float

    @property
    def performances(self) -> int:
        """Trials that could be performed, and cases of the catalogue."""
        return sum(each.transcript is not None for each in self.tried.values()) + self.causes.cases

    @property
    def came_about(self) -> bool:
        """Whether a client of the pair got a 502, and another a 304."""
        found = [(self.tried[trial.name], status) for trial, status in _WANTED]
        return all(
            each.told and each.last.facts is not None and each.last.facts.status == status for each, status in found
        )


_WANTED = ((pair.BAD_GATEWAY, 502), (pair.NOT_MODIFIED, 304))


def _of_remedy(remedy: remedies.Remedy) -> Experiment:
    def judge(tried: All) -> Result:
        return remedies.judge(tried, remedy)

    trials = tuple(remedies.trial(remedy, situation) for situation in remedies.SITUATIONS)
    return Experiment(remedy.name, remedy.claim, 502, trials, judge)


def _judge_down(tried: All) -> Result:
    """Whether the upstream was down wherever a failure became a 502."""
    reported = [each for each in stages.broken(tried) if each.reported]
    evidence = tuple(exhibit for each in reported for exhibit in each.evidence)
    if not reported:
        return Result(Holding.UNTRIED, "no failure became a 502")
    alive = [each for each in reported if any(exhibit.upstream_asked for exhibit in each.evidence)]
    says = (
        f"Of {len(reported)} failures that became a 502, {len(alive)} came although the upstream ran, and bytes of the"
        " request had reached it."
    )
    holding = Holding.HOLDS if not alive else Holding.PARTLY if len(alive) < len(reported) else Holding.FAILS
    return Result(holding, says, evidence)


_BREAKS = tuple(each.trial for each in stages.BREAKS)

EXPERIMENTS: tuple[Experiment, ...] = (
    *map(_of_remedy, remedies.REMEDIES),
    Experiment("behind", "Only a failure behind the gateway becomes a 502.", 502, _BREAKS, stages.judge_sides),
    Experiment("every", "Every failure behind the gateway becomes a 502.", 502, _BREAKS, stages.judge_every),
    Experiment("down", "A 502 says that the server is down.", 502, _BREAKS, _judge_down),
    *beliefs.EXPERIMENTS,
)


def trials() -> Iterator[Trial]:
    """Everything that is tried, apart from the catalogue; what several experiments share comes more than once."""
    yield from pair.trials()
    for experiment in EXPERIMENTS:
        yield from experiment.trials


def results(comparison: Comparison, about: int) -> Iterator[tuple[Experiment, Result]]:
    """Each claim about 502, or about 304, with what came of it."""
    return ((each, each.judge(comparison.tried)) for each in EXPERIMENTS if each.about == about)
