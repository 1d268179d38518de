"""A performance that the machine held up is made again; one that it did not is made once."""

import asyncio
import time

import pytest

from lab.catalogue import load
from lab.gateways import Running, Setup
from lab.performance import perform
from lab.performance.punctuality import LATE, Punctuality
from tests.performance.relay import Relay

pytestmark = pytest.mark.anyio


class HoldingUp(Relay):
    """A relay whose start blocks the whole loop, as often as it is told to."""

    times = 0
    starts = 0

    async def start(self, setup: Setup) -> Running:  # type: ignore[override]
        self.starts += 1
        if self.starts <= self.times:
            time.sleep(LATE + 0.05)  # to hold up the loop is what this is for
        return await super().start(setup)


@pytest.mark.parametrize(("held_up", "starts"), [(0, 1), (1, 2), (2, 3), (9, 3)])
async def test_it_is_made_again_at_most_twice(held_up: int, starts: int) -> None:
    gateway = HoldingUp()
    gateway.times = held_up
    transcript = await perform(load().select(["first/all_is_well"])[0], gateway)
    assert not transcript.failure
    assert gateway.starts >= starts
    assert gateway.starts <= 3


async def test_what_holds_the_loop_up_is_noticed() -> None:
    calm, busy = Punctuality(), Punctuality()
    with busy.watching():
        time.sleep(LATE + 0.05)  # as above
    with calm.watching():
        await asyncio.wait({asyncio.create_task(asyncio.sleep(0))})
    assert busy.held_up
    assert busy.worst > calm.worst
