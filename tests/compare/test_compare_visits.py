"""Trials: what their clients ask follows from what they got, and is read from one performance."""

import pytest

from lab.compare.performing import try_all, try_out
from lab.compare.results import Exhibit, exhibits
from lab.compare.upstreams import PAGE, TAG, asks, its_own_502, nonsense, page
from lab.compare.visits import Place, Source, Trial, Visit, follow
from lab.gateways.names import gateway_named
from lab.script import Send
from tests.compare.habits import Habitual, Heard
from tests.performance.relay import Relay

pytestmark = pytest.mark.anyio

CONDITION = b'If-None-Match: "v1"\r\n'


async def seen(*visits: Visit) -> tuple[Exhibit, ...]:
    """These visits on the reference gateway."""
    tried = await try_out(Trial("it", visits), gateway_named("reference"))
    assert tried.told, tried.why_not
    return exhibits(tried)


def test_the_first_act_follows_from_nothing() -> None:
    followed = follow(Trial("it", (Visit(upstream=page()), Visit())), None)
    assert len(followed.acts) == 1
    assert followed.more


async def test_what_is_asked_second_follows_from_what_came_first() -> None:
    first, second = await seen(Visit(upstream=page()), Visit(at=1, upstream=page()))
    assert CONDITION not in first.asked
    assert CONDITION in second.asked
    assert second.answer.startswith(b"HTTP/1.1 304 ")
    assert (second.shown, second.source, second.content) == (200, Source.VALIDATED, 0)
    assert first.performance == second.performance != ""
    assert first.ended <= second.began


async def test_a_fresh_copy_asks_nobody_and_what_the_upstream_does_waits_for_the_next_who_asks() -> None:
    fresh = page(freshness=b"max-age=60")
    first, second, third = await seen(Visit(upstream=fresh), Visit(at=1, upstream=nonsense()), Visit(at=61))
    assert (second.asked, second.performance, second.shown) == (b"", "", 200)
    assert second.source is Source.OWN_COPY
    assert third.shown == 502
    assert first.shown == 200


async def test_clients_have_caches_and_connections_of_their_own() -> None:
    tried = await try_out(
        Trial("it", (Visit(upstream=page()), Visit(client=2, upstream=page()), Visit(upstream=page()))),
        gateway_named("reference"),
    )
    first, second, third = exhibits(tried)
    assert CONDITION not in second.asked
    assert CONDITION in third.asked
    assert tried.transcript is not None
    assert len({event.connection for event in tried.transcript.on(0)}) == 3
    assert first.asked == second.asked


@pytest.mark.parametrize(("anew", "connections"), [(False, 1), (True, 2)])
async def test_a_client_goes_on_with_its_connection_unless_it_does_not_want_to(anew: bool, connections: int) -> None:
    tried = await try_out(
        Trial("it", (Visit(upstream=page()), Visit(upstream=page(), anew=anew))), gateway_named("reference")
    )
    assert tried.transcript is not None
    assert len({event.connection for event in tried.transcript.on(0)}) == connections


async def test_a_502_with_explicit_freshness_stays_with_the_client() -> None:
    *_, second, third = await seen(
        Visit(upstream=its_own_502(b"private, max-age=60")), Visit(at=1, upstream=page()), Visit(at=2, cleared=True)
    )
    assert (second.shown, second.source) == (502, Source.OWN_COPY)
    assert (third.shown, third.source) == (200, Source.NETWORK)


async def test_what_the_client_asks_by_itself_leaves_its_cache_alone() -> None:
    first, second, third = await seen(
        Visit(upstream=page()), Visit(asks=asks(tag=b'"other"'), upstream=page()), Visit(upstream=page())
    )
    assert b'"other"' in second.asked
    assert (second.shown, second.content) == (200, len(PAGE))
    assert CONDITION in third.asked
    assert first.shown == 200


PLACES = [
    (Place.FOUND, 200, b"HTTP/1.1 200 "),
    (Place.UPSTREAM_UNNAMED, 502, b"HTTP/1.1 502 "),
    (Place.GATEWAY_UNNAMED, None, b""),
    (Place.GATEWAY_GONE, None, b""),
]


@pytest.mark.parametrize(("place", "status", "begins"), PLACES)
async def test_a_gateway_that_is_not_where_it_should_be(place: Place, status: int | None, begins: bytes) -> None:
    tried = await try_out(Trial("it", (Visit(upstream=page()),), place=place), gateway_named("reference"))
    [shown] = exhibits(tried)
    assert shown.shown == status
    assert shown.answer[:13] == begins


async def test_what_the_gateway_cannot_do_is_not_tried() -> None:
    trial = Trial("it", (Visit(upstream=page()),), needs=frozenset({"cache"}))
    tried = await try_out(trial, Relay())
    assert (tried.transcript, tried.why_not) == (None, "relay lacks what this needs: cache")


async def test_a_gateway_that_answers_otherwise_when_asked_again_says_nothing() -> None:
    tags = iter((b'"a"', b'"b"', b'"c"'))

    async def another_tag(heard: Heard) -> bytes:
        if heard.before:
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        return b"HTTP/1.1 200 OK\r\nETag: " + next(tags) + b"\r\nContent-Length: 0\r\n\r\n"

    tried = await try_out(Trial("it", (Visit(upstream=page()), Visit())), Habitual(another_tag))
    assert tried.why_not == "asked again, the gateway answered otherwise"


async def test_a_script_that_fails_says_nothing() -> None:
    def fails() -> object:
        yield Send(b"HTTP/1.1 200 OK\r\n")
        raise ValueError("no more")

    tried = await try_out(Trial("it", (Visit(upstream=fails),)), gateway_named("reference"))  # type: ignore[arg-type]
    assert "no more" in tried.why_not


async def test_each_trial_is_performed_once_by_its_name() -> None:
    names: list[str] = []
    trial = Trial("it", (Visit(asks=asks(tag=TAG), upstream=page()),))
    tried = await try_all([trial, trial], gateway_named("reference"), done=names.append)
    assert names == list(tried) == ["it"]
