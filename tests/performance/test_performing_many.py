"""Many performances side by side: bounded, each with its control, given as they are done."""

import asyncio
import time
from contextlib import aclosing
from typing import Any

import pytest

from lab.performance import Controls, perform_all, perform_with_control
from lab.scenario import Case
from lab.script import Pause, ReceiveRequest
from lab.transcript import What
from lab.verdict import Verdict
from tests.performance.relay import Relay
from tests.performance.test_performing import HELLO, case

pytestmark = pytest.mark.anyio

PLAIN = case(upstream=[ReceiveRequest(), HELLO], reports=[])
WAITS = case(upstream=[ReceiveRequest(), Pause(0.15, wrong="slow"), HELLO])


class Counting(Relay):
    """Counts how many are started, and how many at the same time."""

    started = running = most = 0

    async def start(self, setup: Any) -> Any:
        running = await super().start(setup)
        self.started += 1
        self.running += 1
        self.most = max(self.most, self.running)
        stop = running.stop

        async def stopped() -> None:
            self.running -= 1
            await stop()

        running.stop = stopped  # type: ignore[method-assign]
        return running


async def test_a_marked_case_has_its_control() -> None:
    performed = await perform_with_control(WAITS, Relay())
    assert performed.case is WAITS
    assert performed.transcript.happened(What.DELIVERED)
    assert performed.control is not None
    assert performed.control.repaired
    assert performed.control.elapsed < performed.transcript.elapsed


async def test_a_case_without_marks_needs_none() -> None:
    gateway = Counting()
    performed = await perform_with_control(PLAIN, gateway)
    assert performed.control is None
    assert gateway.started == 1


async def test_a_control_is_made_once() -> None:
    gateway = Counting()
    controls = Controls(gateway)
    first = await perform_with_control(WAITS, gateway, controls=controls)
    again = await perform_with_control(WAITS, gateway, controls=controls)
    assert first.control is again.control
    assert gateway.started == 3


async def test_what_a_gateway_lacks_is_not_performed() -> None:
    gateway = Counting()
    performed = await perform_with_control(case(upstream=[ReceiveRequest(), HELLO], needs=["cache"]), gateway)
    assert performed.lacking == {"cache"}
    assert performed.judgement.verdict is Verdict.NOT_APPLICABLE
    assert gateway.started == 0


async def test_all_at_once_take_as_long_as_the_longest() -> None:
    begun = time.perf_counter()
    async with aclosing(perform_all([WAITS] * 10, Relay(), jobs=10)) as performing:
        performed = [each async for each in performing]
    assert len(performed) == 10
    assert time.perf_counter() - begun < 10 * 0.15


async def test_at_most_so_many_at_the_same_time() -> None:
    gateway = Counting()
    async with aclosing(perform_all([PLAIN] * 12, gateway, jobs=3)) as performing:
        assert len([each async for each in performing]) == 12
    assert gateway.most == 3
    assert gateway.running == 0


async def test_they_come_as_they_are_done() -> None:
    async with aclosing(perform_all([WAITS, PLAIN], Relay(), jobs=2)) as performing:
        assert [each.case async for each in performing] == [PLAIN, WAITS]


async def test_whoever_stops_asking_leaves_nothing() -> None:
    gateway = Counting()
    before = asyncio.all_tasks()
    async with aclosing(perform_all([PLAIN, *[WAITS] * 5], gateway, jobs=4)) as performing:
        async for _ in performing:
            break
    assert asyncio.all_tasks() == before
    assert gateway.running == 0


async def test_cases_may_come_one_after_the_other() -> None:
    made: list[Case] = []

    def endless() -> Any:
        while True:
            made.append(PLAIN)
            yield PLAIN

    async with aclosing(perform_all(endless(), Relay(), jobs=2)) as performing:
        async for _ in performing:
            if len(made) > 5:
                break
    assert len(made) < 20
