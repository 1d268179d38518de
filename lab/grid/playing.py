"""Performs the grid: each cell, and each control once for all the cells that share it."""

import asyncio
from collections.abc import AsyncGenerator, Iterable

from lab.gateways import Gateway, Placed
from lab.grid.building import build, control, fields
from lab.grid.cells import Cell, Sort
from lab.grid.reading import not_set_up, read
from lab.grid.setting import SetUp
from lab.grid.states import Asking, Question, State
from lab.performance import perform, side_by_side
from lab.performance.performing import empty
from lab.scenario import Case

TRIES = 2
"""How often a cell or a control is played that gives no result: on a busy machine a handshake may come too late, and
one control stands for many cells."""


async def play(questions: Iterable[Question], gateway: Gateway, *, jobs: int) -> AsyncGenerator[Cell, None]:
    """Play the cells, at most `jobs` at the same time, and give each as soon as it is done.

    Whoever stops asking before the end closes the iterator (`contextlib.aclosing`), and what is still on is cancelled.
    """
    playing = Playing(gateway)
    most = 1 if isinstance(gateway, Placed) else jobs
    try:
        async for cell in side_by_side(map(playing.cell, questions), most):
            yield cell
    finally:
        await playing.close()


class Playing:
    """Plays single cells on one gateway, and keeps the controls."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._controls: dict[tuple[SetUp, State, Asking], asyncio.Task[str]] = {}

    async def cell(self, question: Question) -> Cell:
        """One cell. Where the gateway lacks something, nothing is performed."""
        case = build(question)
        if lacking := case.needs - self._gateway.offers:
            why = f"it lacks: {', '.join(sorted(lacking))}"
            return Cell(question, empty(case, self._gateway), Sort.NOT_APPLICABLE, why=why)
        unset = await self._unset(question)
        for _ in range(TRIES):
            transcript = await perform(case, self._gateway, fields=fields(question.case))
            cell = read(question, transcript, unset)
            if cell.sort is not Sort.INCONCLUSIVE or cell.not_set_up:
                break
        return cell

    async def _unset(self, question: Question) -> str:
        """Why the state of this cell cannot be reached; empty where a control shows that it is."""
        set_up = SetUp.of(question.case)
        key = set_up, question.state, question.asking
        if key not in self._controls:
            performing = self._controlled(question, control(*key))
            self._controls[key] = asyncio.create_task(performing, name=f"control of {question.name}")
        return await asyncio.shield(self._controls[key])

    async def _controlled(self, question: Question, case: Case) -> str:
        for _ in range(TRIES):
            why = not_set_up(question, await perform(case, self._gateway))
            if not why:
                break
        return why

    async def close(self) -> None:
        """Stop what is still on."""
        for task in self._controls.values():
            task.cancel()
        await asyncio.gather(*self._controls.values(), return_exceptions=True)
