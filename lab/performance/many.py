"""Many performances side by side, each with its control: the same case, repaired, on the same gateway."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

from lab.gateways import Gateway, Placed
from lab.performance.performing import empty, perform
from lab.scenario import Case
from lab.transcript import Transcript
from lab.verdict import Judgement, judge, not_applicable

T = TypeVar("T")


@dataclass(frozen=True)
class Performed:
    """A case, what happened, and what happened when it was repaired (None: nothing in it is marked wrong).

    `lacking`: what the gateway would need and cannot do; then nothing was performed, and the transcript is empty.
    """

    case: Case
    transcript: Transcript
    control: Transcript | None
    lacking: frozenset[str] = frozenset()

    @property
    def judgement(self) -> Judgement:
        """What is to be said of it."""
        if self.lacking:
            return not_applicable(self.case, self.transcript, self.lacking)
        return judge(self.case, self.transcript, self.control)


class Controls:
    """The performances of repaired cases on one gateway, each made once."""

    def __init__(self, gateway: Gateway, *, fields: bytes = b"") -> None:
        self._gateway, self._fields = gateway, fields
        self._made: dict[str, Transcript] = {}

    async def of(self, case: Case) -> Transcript | None:
        """The control of this case, where it needs one."""
        if not case.marked or case.repaired:
            return None
        if case.name not in self._made:
            self._made[case.name] = await perform(case.control(), self._gateway, fields=self._fields)
        return self._made[case.name]


async def perform_with_control(
    case: Case, gateway: Gateway, *, fields: bytes = b"", controls: Controls | None = None
) -> Performed:
    """Perform a case and, where it is marked, its control before. `controls`: those made so far."""
    lacking = case.needs - gateway.offers
    if lacking:
        return Performed(case, empty(case, gateway), None, lacking)
    controls = Controls(gateway, fields=fields) if controls is None else controls
    control = await controls.of(case)
    return Performed(case, await perform(case, gateway, fields=fields), control)


async def perform_all(
    cases: Iterable[Case], gateway: Gateway, *, jobs: int = 8, fields: bytes = b""
) -> AsyncGenerator[Performed, None]:
    """Perform cases with their controls, at most `jobs` at the same time, and give each as soon as it is done.

    A gateway that expects its upstream at one place gets them one after the other. Whoever stops asking before the
    end closes the iterator (`contextlib.aclosing`), and what is still on is cancelled.
    """
    most = 1 if isinstance(gateway, Placed) else jobs
    controls = Controls(gateway, fields=fields)
    performing = (perform_with_control(case, gateway, fields=fields, controls=controls) for case in cases)
    async with aclosing(side_by_side(performing, most)) as performed:
        async for each in performed:
            yield each


async def side_by_side(performing: Iterable[Coroutine[Any, Any, T]], most: int) -> AsyncGenerator[T, None]:
    """Run these, at most so many at the same time, and give what each gives as soon as it is done."""
    waiting, running = iter(performing), set[asyncio.Task[T]]()
    try:
        while True:
            while len(running) < most and (one := next(waiting, None)) is not None:
                running.add(asyncio.create_task(one))
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
