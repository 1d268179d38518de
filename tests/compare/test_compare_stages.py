"""A failure at each stage on both connections, and how long each stage took."""

import pytest

from lab.compare import comparison, pair, stages
from lab.compare.performing import try_all, try_out
from lab.compare.results import Holding
from lab.compare.stages import Side
from lab.gateways import Gateway
from lab.gateways.names import gateway_named
from lab.outcome.stages import Stage
from tests.compare.habits import BAD_GATEWAY, Habit, Habitual, Heard, passes_on
from tests.performance.relay import Relay

pytestmark = pytest.mark.anyio

JUDGES = {experiment.name: experiment for experiment in comparison.EXPERIMENTS}
OTHER_ERROR = BAD_GATEWAY.replace(b"502", b"500")


async def judged(name: str, gateway: Gateway) -> tuple[Holding, str]:
    experiment = JUDGES[name]
    result = experiment.judge(await try_all(experiment.trials, gateway))
    return result.holding, result.says


async def whatever_fails(heard: Heard) -> bytes:
    """502 for every failure behind it, the incomplete page included."""
    answer = await heard.ask()
    return answer if answer.endswith(b"</p>\n") and answer.startswith(b"HTTP/") else BAD_GATEWAY


async def even_the_clients(heard: Heard) -> bytes:
    return await whatever_fails(heard) if heard.request.endswith(b"\r\n\r\n") else BAD_GATEWAY


async def the_clients_alone(heard: Heard) -> bytes:
    return OTHER_ERROR if heard.request.endswith(b"\r\n\r\n") else BAD_GATEWAY


async def without_a_connection(heard: Heard) -> bytes:
    """502 only where nobody could be reached."""
    try:
        await heard.connect()
    except OSError:
        return BAD_GATEWAY
    return OTHER_ERROR


async def with_a_connection(heard: Heard) -> bytes:
    """502 only where somebody could."""
    return BAD_GATEWAY if await heard.ask() else OTHER_ERROR


async def refuses_halves(heard: Heard) -> bytes:
    return await whatever_fails(heard) if heard.request.endswith(b"\r\n\r\n") else b""


@pytest.mark.parametrize(
    ("name", "habit", "holding", "says"),
    [
        ("behind", even_the_clients, Holding.PARTLY, "1 became a 502; of 7 on the upstream's, 7."),
        ("behind", the_clients_alone, Holding.FAILS, "1 became a 502; of 7 on the upstream's, none."),
        ("behind", passes_on, Holding.FAILS, "none became a 502; of 7 on the upstream's, none."),
        ("every", refuses_halves, Holding.HOLDS, "All 7 did."),
        ("every", passes_on, Holding.FAILS, "0 of 7 did."),
        ("down", without_a_connection, Holding.HOLDS, "0 came although the upstream ran"),
        ("down", with_a_connection, Holding.FAILS, "of the request had reached it."),
        ("down", passes_on, Holding.UNTRIED, "no failure became a 502"),
    ],
)
async def test_it_comes_out_otherwise_on_other_gateways(name: str, habit: Habit, holding: Holding, says: str) -> None:
    found = await judged(name, Habitual(habit))
    assert says in found[1]
    assert found[0] is holding


@pytest.mark.parametrize(
    ("name", "holding", "says"),
    [
        (
            "behind",
            Holding.HOLDS,
            "on the client's connection none became a 502; of 7 on the upstream's, 4.",
        ),
        ("every", Holding.PARTLY, "the page ends in the middle: 200, cut-short: 12 of 25 bytes of the page."),
        ("down", Holding.PARTLY, "Of 4 failures that became a 502, 2 came although the upstream ran"),
    ],
)
async def test_on_the_reference_gateway(name: str, holding: Holding, says: str) -> None:
    found = await judged(name, gateway_named("reference"))
    assert says in found[1]
    assert found[0] is holding


async def test_a_gateway_that_buffers_reports_one_more() -> None:
    _, says = await judged("behind", gateway_named("reference-buffer"))
    assert says.endswith("of 7 on the upstream's, 5.")


async def test_a_client_that_breaks_off_before_anything_came_was_not_left_without_an_answer() -> None:
    mine = [each for each in stages.BREAKS if (each.side, each.stage) == (Side.CLIENT, Stage.RESPONSE)]
    tried = await try_all((each.trial for each in stages.BREAKS), gateway_named("reference-buffer"))
    found = [each.got for each in stages.broken(tried) if each.failure in mine]
    assert found == ["nothing, and then the client broke off"]


async def test_every_stage_of_both_connections_is_broken() -> None:
    broken = {(each.side, each.stage) for each in stages.BREAKS}
    assert broken == {(side, stage) for side in Side for stage in Stage}


async def test_what_the_client_gets() -> None:
    tried = await try_all((each.trial for each in stages.BREAKS), gateway_named("reference"))
    found = [each.got for each in stages.broken(tried) if each.failure.side is Side.CLIENT]
    assert found == [
        "no HTTP at all: no connection",
        "no HTTP at all: no connection",
        "400 by the gateway (http_request_error)",
        "200, and then the client broke off: 12 of 25 bytes of the page",
    ]
    relayed = stages.broken(await try_all((each.trial for each in stages.BREAKS), Relay()))
    assert not any(each.reported for each in relayed)


async def test_times_of_the_stages() -> None:
    tried = await try_out(pair.BAD_GATEWAY, gateway_named("reference"))
    assert tried.transcript is not None
    spans = stages.spans(tried.transcript, 2)
    assert [(span.side, span.stage) for span in spans] == [(side, stage) for side in Side for stage in Stage]
    unseen = [span.stage for span in spans if span.milliseconds is None]
    assert unseen == [Stage.NAME, Stage.NAME]
    assert all(span.milliseconds >= 0 for span in spans if span.milliseconds is not None)


async def test_a_stage_that_did_not_come_about_has_no_time() -> None:
    tried = await try_out(pair.FROM_STORE, gateway_named("reference"))
    assert tried.transcript is not None
    upstream = [span for span in stages.spans(tried.transcript, 2) if span.side is Side.UPSTREAM]
    assert all(span.milliseconds is None for span in upstream)
    assert "it did not come to this" in {span.says for span in upstream}
