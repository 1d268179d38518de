"""The grid on the reference gateway: whatever way leads to the upstream, the store is primed, and met in its state."""

import pytest

from lab.gateways.reference import Reference
from lab.grid import Asking, Cell, Question, Sort, State
from lab.grid.playing import Playing
from tests.catalogue.catalogue import catalogue

pytestmark = pytest.mark.anyio


async def cell(name: str, state: State, asking: Asking) -> Cell:
    gateway = Reference()
    (case,) = catalogue().select([name])
    if lacking := case.needs - gateway.offers:
        pytest.skip(f"this machine lacks: {', '.join(sorted(lacking))}")
    playing = Playing(gateway)
    try:
        return await playing.cell(Question(case, state, asking))
    finally:
        await playing.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("first/nobody_home", "502 reported"),
        ("connections/black_hole", "504 reported"),
        ("connections/socket_missing[left behind]", "502 reported"),
        ("connections/name_with_two_addresses[refused]", "200 relayed"),
        ("connections/proxy_line_not_understood", "400 relayed"),
        ("connections/proxy_bytes_not_understood", "502 reported"),
        ("tls/expired", "502 reported"),
        ("tls/all_well", "200 relayed"),
        ("protocol_mismatch/tls_to_plain_port", "502 reported"),
        ("truncated_bodies/length_without_closure_alert", "200 relayed"),
        ("interim_responses/early_hint", "200 relayed"),
        ("timing/silence", "504 reported"),
    ],
)
async def test_a_stale_copy_is_met_whatever_way_leads_to_the_upstream(name: str, said: str) -> None:
    found = await cell(name, State.STALE, Asking.NON_MATCHING)
    assert (found.sort, found.why) == (Sort.PLAYED, "")
    assert found.met is not None
    assert f"{found.met.status} {found.met.outcome}" == said
    assert (found.findings, found.disguised) == ((), False)


@pytest.mark.parametrize("state", [State.STALE_IF_ERROR, State.MUST_REVALIDATE])
@pytest.mark.parametrize("asking", Asking)
async def test_what_the_copy_says_decides(state: State, asking: Asking) -> None:
    found = await cell("first/nobody_home", state, asking)
    stale = f"{304 if asking is Asking.MATCHING else 200} stale"
    assert found.met is not None
    assert f"{found.met.status} {found.met.outcome}" == (stale if state is State.STALE_IF_ERROR else "504 reported")
    assert found.copy_kept


async def test_a_request_to_switch_protocols_is_answered_from_no_store() -> None:
    found = await cell("interim_responses/wrong_accept", State.FRESH, Asking.PLAIN)
    assert found.not_set_up
    assert found.why == "state not set up: a healthy upstream was asked although the copy is fresh"
