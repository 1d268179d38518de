"""Folk remedies: each judged by real performances, on gateways where it holds, holds partly, and fails."""

import pytest

from lab.compare import remedies
from lab.compare.performing import try_all
from lab.compare.remedies import AGAIN, REMEDIES, SITUATIONS, Effect
from lab.compare.results import All, Holding, Result
from lab.compare.upstreams import PAGE
from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from tests.compare.habits import BAD_GATEWAY, Habit, Habitual, Heard

pytestmark = pytest.mark.anyio

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(PAGE), PAGE)
REMEDY = {remedy.name: remedy for remedy in REMEDIES}


async def performed(gateway: Gateway, *names: str) -> All:
    """These remedies, and asking again beside them."""
    wanted = [REMEDY[name] for name in {AGAIN.name, *names}]
    trials = [remedies.trial(remedy, situation) for remedy in wanted for situation in SITUATIONS]
    return await try_all(trials, gateway)


async def judged(gateway: Gateway, name: str) -> Result:
    return remedies.judge(await performed(gateway, name), REMEDY[name])


async def never(heard: Heard) -> bytes:
    return BAD_GATEWAY


async def the_second_time(heard: Heard) -> bytes:
    return GOOD if heard.before else BAD_GATEWAY


async def when_reloaded(heard: Heard) -> bytes:
    return GOOD if heard.says(b"cache-control: max-age=0") else BAD_GATEWAY


async def when_reloaded_hard(heard: Heard) -> bytes:
    return GOOD if heard.says(b"cache-control: no-cache") else BAD_GATEWAY


async def on_another_connection(heard: Heard) -> bytes:
    return GOOD if heard.connection > 1 else BAD_GATEWAY


def later() -> Habit:
    began: dict[int, float] = {}

    async def in_another_minute(heard: Heard) -> bytes:
        first = began.setdefault(id(heard.setup), heard.seconds)
        return GOOD if heard.seconds - first > 60 else BAD_GATEWAY

    return in_another_minute


async def with_two_upstreams(heard: Heard) -> bytes:
    return GOOD if len(heard.setup.destinations) > 1 else BAD_GATEWAY


@pytest.mark.parametrize(
    ("name", "habit"),
    [
        (AGAIN.name, the_second_time),
        ("reloading", when_reloaded),
        ("reloading with no-cache", when_reloaded_hard),
        ("waiting", later()),
        ("another connection", on_another_connection),
        ("another client", on_another_connection),
        ("another upstream", with_two_upstreams),
    ],
)
async def test_it_holds_where_it_cures_in_every_situation(name: str, habit: Habit) -> None:
    result = await judged(Habitual(habit), name)
    assert result.holding is Holding.HOLDS, result.says
    assert result.says == "In each of 6 situations."
    assert result.evidence


@pytest.mark.parametrize("name", list(REMEDY))
async def test_it_fails_where_nothing_helps(name: str) -> None:
    result = await judged(Habitual(never), name)
    assert result.holding is Holding.FAILS
    assert result.says == "In none of 6 situations."


@pytest.mark.parametrize("name", [each for each in REMEDY if each != AGAIN.name])
async def test_what_asking_again_does_as_well_cures_nothing(name: str) -> None:
    result = await judged(Habitual(the_second_time), name)
    assert result.holding is Holding.FAILS
    assert result.says == "In none of 6 situations more than asking again does."


async def test_where_there_was_no_502_nothing_is_cured() -> None:
    async def always(heard: Heard) -> bytes:
        return GOOD

    result = await judged(Habitual(always), "waiting")
    assert result.holding is Holding.UNTRIED
    assert result.says == "the first visit showed 200 and no 502"


EXPECTED = {
    AGAIN.name: ("no", "no", "cured", "no", "no", "no"),
    "reloading": ("no", "no", "anyway", "no", "cured", "cured"),
    "reloading with no-cache": ("no", "no", "anyway", "no", "cured", "cured"),
    "clearing the cache": ("no", "no", "anyway", "no", "cured", "no"),
    "waiting": ("no", "no", "anyway", "cured", "cured", "cured"),
    "another connection": ("no", "no", "anyway", "no", "no", "no"),
    "another client": ("no", "no", "anyway", "no", "cured", "no"),
    "another upstream": ("cured", "no", "anyway", "no", "no", "no"),
}
"""On the reference gateway, in the order of SITUATIONS."""
WORDS = {Effect.CURED: "cured", Effect.NO_MORE: "anyway", Effect.NOT_CURED: "no", Effect.UNTRIED: "untried"}


async def test_on_the_reference_gateway() -> None:
    tried = await performed(gateway_named("reference"), *REMEDY)
    found = {
        remedy.name: tuple(WORDS[each.effect] for each in remedies.treatments(tried, remedy)) for remedy in REMEDIES
    }
    assert found == EXPECTED
    clearing = remedies.judge(tried, REMEDY["clearing the cache"])
    assert clearing.holding is Holding.PARTLY
    assert clearing.says.endswith("where the 502 is in the client's own cache.")
