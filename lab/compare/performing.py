"""Where the trials meet a gateway."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing

from lab.compare import pair
from lab.compare.causes import Causes, counted
from lab.compare.comparison import Comparison, trials
from lab.compare.places import placed
from lab.compare.visits import Trial, Tried, follow
from lab.gateways import Gateway
from lab.performance import perform, perform_all
from lab.scenario import Case
from lab.transcript import Event, Transcript, What

JOBS = 8
"""So many performances at the same time."""


async def compare(
    gateway: Gateway, cases: Sequence[Case], *, jobs: int = JOBS, done: Callable[[str], None] = lambda name: None
) -> Comparison:
    """Perform every trial, and these cases with their controls; `done` is called with the name of each."""
    began = time.monotonic()
    alone = await try_all(pair.trials(), gateway, jobs=1, done=done)  # whose times are told
    others = [trial for trial in trials() if trial.name not in alone]
    tried = {**alone, **await try_all(others, gateway, jobs=jobs, done=done)}
    causes = Causes()
    async with aclosing(perform_all(cases, gateway, jobs=jobs)) as performed:
        async for each in performed:
            causes.add(counted(each))
            done(each.case.name)
    return Comparison(gateway.player, tried, causes, time.monotonic() - began)


async def try_all(
    trials: Iterable[Trial], gateway: Gateway, *, jobs: int = JOBS, done: Callable[[str], None] = lambda name: None
) -> dict[str, Tried]:
    """Perform each trial once, by its name; `done` is called with the name of each."""
    free = asyncio.Semaphore(jobs)

    async def one(trial: Trial) -> Tried:
        async with free:
            tried = await try_out(trial, gateway)
        done(trial.name)
        return tried

    wanted = {trial.name: trial for trial in trials}
    found = await asyncio.gather(*map(one, wanted.values()))
    return {tried.trial.name: tried for tried in found}


async def try_out(trial: Trial, gateway: Gateway) -> Tried:
    """Perform a trial, visit by visit. What keeps it from saying anything stands in `why_not`."""
    if lacking := trial.needs - gateway.offers:
        return Tried(trial, None, why_not=f"{gateway.player.name} lacks what this needs: {', '.join(sorted(lacking))}")
    transcript: Transcript | None = None
    followed = follow(trial, None)
    while followed.more:
        performed = followed.acts
        transcript = await perform(trial.case(performed), placed(gateway, trial.place))
        if transcript.failure:
            return Tried(trial, transcript, followed.seen, why_not=transcript.failure)
        followed = follow(trial, transcript)
        if followed.acts[: len(performed)] != performed:
            return Tried(trial, transcript, followed.seen, why_not="asked again, the gateway answered otherwise")
    return Tried(trial, transcript, followed.seen, why_not=_script_failed(transcript))


def _script_failed(transcript: Transcript | None) -> str:
    events: Sequence[Event] = transcript.events if transcript is not None else ()
    return next((f"its script failed: {event.detail}" for event in events if event.what is What.SCRIPT_FAILED), "")
