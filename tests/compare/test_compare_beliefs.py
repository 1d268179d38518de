"""What people say of a 304: each claim judged by real performances, on gateways where it comes out differently."""

import pytest

from lab.compare.beliefs import EXPERIMENTS
from lab.compare.performing import try_all
from lab.compare.results import Holding, Result
from lab.compare.upstreams import CHANGED, PAGE
from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from tests.compare.habits import UNCHANGED, Habit, Habitual, Heard, always_502, by_itself, page, passes_on
from tests.performance.relay import Relay

pytestmark = pytest.mark.anyio

BY_NAME = {experiment.name: experiment for experiment in EXPERIMENTS}


async def judged(name: str, gateway: Gateway) -> Result:
    experiment = BY_NAME[name]
    return experiment.judge(await try_all(experiment.trials, gateway))


async def forgets_the_condition(heard: Heard) -> bytes:
    """Asks the upstream for the whole page each time, and finds out by itself that the client has it."""
    asked = heard.request
    heard.request = b"\r\n".join(line for line in asked.split(b"\r\n") if not line.startswith(b"If-"))
    answer = await heard.ask()
    return UNCHANGED if b"If-None-Match" in asked else answer


async def verbose(heard: Heard) -> bytes:
    """Asks once, and has more to say of a page than that it is unchanged."""
    if heard.before:
        return UNCHANGED
    answer = await heard.ask()
    return answer.replace(b"200 OK\r\n", b"200 OK\r\nX-Said: %b\r\n" % (b"much " * 50), 1)


async def says_too_much(heard: Heard) -> bytes:
    """Sends content behind every 304."""
    answer = await heard.ask()
    return answer + b"surplus" if answer.startswith(b"HTTP/1.1 304") else answer


async def another_page_without_the_cache(heard: Heard) -> bytes:
    return page(CHANGED) if heard.says(b"no-cache") else await by_itself(PAGE)(heard)


@pytest.mark.parametrize(
    ("name", "habit", "holding", "says"),
    [
        ("fields", by_itself(PAGE), Holding.HOLDS, "sent twice, got a 304 and then a 304"),
        ("fields", always_502, Holding.UNTRIED, "got a 502 and then a 502, and no 304"),
        ("direct", passes_on, Holding.PARTLY, "The upstream made each, and a gateway passed it on. None came from"),
        ("direct", always_502, Holding.UNTRIED, "no 304 came"),
        ("no-action", by_itself(PAGE), Holding.HOLDS, "Of 4 broken ones 4 still led to the page."),
        ("no-action", says_too_much, Holding.FAILS, "Even a sound one left the client without the page."),
        ("no-action", always_502, Holding.UNTRIED, "no 304 came, not even a sound one"),
        ("saves-bytes", verbose, Holding.HOLDS, "5 bytes validated by the gateway's store, which asked nobody: 2"),
        (
            "saves-bytes",
            forgets_the_condition,
            Holding.FAILS,
            "1,000,000 bytes validated by the gateway's store: 1,000,0",
        ),
        ("saves-bytes", always_502, Holding.UNTRIED, "no 304 came after a 200"),
        ("protects", by_itself(PAGE), Holding.HOLDS, "not in the store: 304"),
        ("protects", always_502, Holding.FAILS, "not in the store: 502 (reported); fresh in the store: 502"),
        ("less-than-a-page", another_page_without_the_cache, Holding.HOLDS, "the page shown was another."),
    ],
)
async def test_it_comes_out_otherwise_on_other_gateways(name: str, habit: Habit, holding: Holding, says: str) -> None:
    result = await judged(name, Habitual(habit))
    assert says in result.says
    assert result.holding is holding
    assert bool(result.evidence) is (holding is not Holding.UNTRIED)


@pytest.mark.parametrize(
    ("name", "holding", "says"),
    [
        ("fields", Holding.FAILS, "The same 59 bytes, sent twice, got a 304 and then a 200"),
        ("direct", Holding.FAILS, "The gateway made one from its store, and the upstream was not asked."),
        ("no-action", Holding.PARTLY, "Not so to a request without a condition: a 304 and no page."),
        ("saves-bytes", Holding.PARTLY, "5 bytes validated by the upstream: -7 and -7"),
        ("protects", Holding.PARTLY, "fresh in the store: 304 (stored); stale: 502 (reported)"),
        ("less-than-a-page", Holding.FAILS, "the page shown was the same."),
    ],
)
async def test_on_the_reference_gateway(name: str, holding: Holding, says: str) -> None:
    result = await judged(name, gateway_named("reference"))
    assert says in result.says
    assert result.holding is holding


async def test_what_the_store_had_decides_between_304_and_502() -> None:
    result = await judged("protects", gateway_named("reference"))
    assert result.says.endswith("stale, with stale-if-error: 304 (stale); stale, with must-revalidate: 502 (reported).")
    assert len({part.asked for part in result.evidence}) == 1


async def test_without_a_store_it_says_what_was_not_tried() -> None:
    result = await judged("direct", Relay())
    assert result.holding is Holding.PARTLY
    assert result.says.endswith("From a store: not tried (relay lacks what this needs: cache, clock).")


async def test_bytes_are_saved_on_each_connection_by_itself() -> None:
    saved = (await judged("saves-bytes", gateway_named("reference"))).evidence
    of_store = [part for part in saved if part.made_by == "store"]
    assert len(of_store) == 2
    assert {(part.upstream_asked, part.upstream_answered, part.upstream_requests) for part in of_store} == {(0, 0, 0)}
