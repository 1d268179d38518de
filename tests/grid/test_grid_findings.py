"""What a cell says, true once and false once: on gateways with stores that are good or bad in one way."""

import pytest

from lab.grid import Asking, Cell, Finding, Question, Sort, State, questions
from lab.grid.playing import Playing, play
from lab.outcome import Maker, Outcome
from lab.scenario import Case
from tests.catalogue.catalogue import catalogue
from tests.grid.keeper import Keeper

pytestmark = pytest.mark.anyio

CUT, REFUSED, CORRUPT = "first/broken_promise", "first/nobody_home", "truncated_bodies/gzip_corrupt"
WITH_A_COPY = [state for state in State if state.has_copy]


def case(address: str) -> Case:
    return catalogue().select([address])[0]


async def cell(address: str, state: State, asking: Asking = Asking.PLAIN, gateway: Keeper | None = None) -> Cell:
    playing = Playing(gateway or Keeper())
    try:
        return await playing.cell(Question(case(address), state, asking))
    finally:
        await playing.close()


async def test_one_fault_meets_every_state_of_a_store() -> None:
    got: dict[tuple[State, Asking], str] = {}
    async for each in play(questions([case(CUT)]), Keeper(), jobs=4):
        assert each.met is not None
        got[each.question.state, each.question.asking] = f"{each.met.status} {each.met.outcome}, {each.sort}"
        assert (each.findings, each.disguised) == ((), False)
        assert each.copy_kept is (True if each.question.state.has_copy else None)
    reported = dict.fromkeys(Asking, "502 reported, played")
    stored = dict.fromkeys(Asking, "200 stored, not-reached") | {Asking.MATCHING: "304 stored, not-reached"}
    stale = dict.fromkeys(Asking, "200 stale, played") | {Asking.MATCHING: "304 stale, played"}
    rows = dict.fromkeys(State, reported) | {State.FRESH: stored, State.STALE_IF_ERROR: stale}
    assert got == {(state, asking): said for state, row in rows.items() for asking, said in row.items()}


@pytest.mark.parametrize("asking", Asking)
async def test_a_fresh_copy_is_no_attempt_on_an_upstream_that_refuses(asking: Asking) -> None:
    met = await cell(REFUSED, State.FRESH, asking)
    assert (met.sort, met.delivered, met.asked_with) == (Sort.NOT_REACHED, False, None)
    assert met.met is not None
    assert met.met.outcome is Outcome.STORED
    tried = await cell(REFUSED, State.STALE, asking)
    assert (tried.sort, tried.delivered) == (Sort.PLAYED, True)


@pytest.mark.parametrize("state", WITH_A_COPY)
async def test_a_copy_is_lost_where_a_failure_makes_the_store_forget_it(state: State) -> None:
    found = await cell(CUT, state, gateway=Keeper(forgets=True))
    asked = state is not State.FRESH
    assert found.findings == ((Finding.COPY_LOST,) if asked else ())
    assert found.copy_kept is not asked
    assert found.asked_last_with == ("" if asked else '"v1"')


async def test_without_a_copy_none_is_lost() -> None:
    found = await cell(CUT, State.COLD, gateway=Keeper(forgets=True))
    assert (found.findings, found.copy_kept, found.asked_last_with) == ((), None, "")


async def test_a_true_answer_takes_the_place_of_the_copy() -> None:
    found = await cell("first/all_is_well", State.STALE)
    assert found.findings == ()
    assert found.last is not None
    assert (found.last.outcome, found.last.made_by) == (Outcome.STORED, Maker.STORE)


async def test_a_gateway_s_own_error_is_stored() -> None:
    found = await cell(CUT, State.STALE, gateway=Keeper(failures=True))
    assert found.findings == (Finding.FAILURE_STORED,)
    assert found.last is not None
    assert (found.last.status, found.asked_last_with, found.disguised) == (502, None, False)
    assert (await cell(CUT, State.STALE)).findings == ()


@pytest.mark.parametrize("state", [State.COLD, State.STALE])
async def test_a_fragment_is_stored_as_if_it_were_whole(state: State) -> None:
    found = await cell(CUT, state, gateway=Keeper(fragments=True))
    assert found.findings == (Finding.FAILURE_STORED,)
    assert found.disguised


async def test_an_answer_that_is_wrong_in_its_meaning_is_stored_as_it_came() -> None:
    found = await cell(CORRUPT, State.COLD)
    assert (found.findings, found.disguised) == ((Finding.FAILURE_STORED,), False)


@pytest.mark.parametrize("address", ["malformed_headers/three_hundred_lines", "malformed_headers/bare_lf"])
async def test_a_large_or_a_repaired_answer_is_no_failure(address: str) -> None:
    found = await cell(address, State.STALE)
    assert (found.findings, found.disguised) == ((), False)
    assert found.last is not None
    assert found.last.outcome is Outcome.STORED


@pytest.mark.parametrize("state", State)
async def test_a_state_that_is_not_reached_is_said_to_be_so(state: State) -> None:
    found = await cell(CUT, state, gateway=Keeper(keeps=False))
    if state is State.COLD:
        assert (found.sort, found.why) == (Sort.PLAYED, "")
    else:
        assert found.sort is Sort.INCONCLUSIVE
        assert found.why.startswith("state not set up: a healthy upstream was")
        assert (found.met, found.findings) == (None, ())


@pytest.mark.parametrize("asking", Asking)
async def test_a_condition_that_is_only_passed_on_is_no_evidence_of_a_copy(asking: Asking) -> None:
    found = await cell(CUT, State.STALE, asking, gateway=Keeper(keeps=False))
    assert found.why == "state not set up: a healthy upstream was not asked with the validator of the copy"


async def test_what_a_gateway_lacks_is_said() -> None:
    found = await cell("tls/expired", State.COLD)
    assert (found.sort, found.why) == (Sort.NOT_APPLICABLE, "it lacks: tls")


async def test_controls_are_shared_over_scenarios_with_the_same_set_up() -> None:
    gateway = Keeper()
    asked = list(questions([case(CUT), case("malformed_headers/bare_lf")]))
    assert len([each async for each in play(asked, gateway, jobs=4)]) == 30
    assert len({name for name in gateway.started if name.startswith("control of ")}) == 15
