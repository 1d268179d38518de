"""Which of several addresses answers first ("happy eyeballs", RFC 8305, 5)."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from lab.gateways.reference.resolving import Resolved

Connect = Callable[[Resolved], Coroutine[Any, Any, socket.socket]]


@dataclass
class Race:
    """`winner` and its connected `sock`: None where every address failed. `failed`: those that did, in that order."""

    winner: Resolved | None = None
    sock: socket.socket | None = None
    failed: list[tuple[Resolved, OSError]] = field(default_factory=list)


async def race(addresses: Sequence[Resolved], connect: Connect, delay: float) -> Race:
    """Try the addresses in order: the next one as soon as one has failed, or beside the others after `delay` seconds
    of silence. The first connection wins; whatever else was begun is closed before this returns."""
    found = Race()
    if len(addresses) == 1:
        await _alone(found, addresses[0], connect)
        return found
    waiting = list(addresses)
    tried: dict[asyncio.Task[socket.socket], Resolved] = {}
    running: set[asyncio.Task[socket.socket]] = set()
    try:
        while found.sock is None and (waiting or running):
            if waiting:
                address = waiting.pop(0)
                task = asyncio.create_task(connect(address), name=f"connect to {address}")
                tried[task] = address
                running.add(task)
            done, running = await asyncio.wait(
                running, timeout=delay if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in sorted(done, key=list(tried).index):
                _settle(found, tried[task], task)
    finally:
        await _close(tried, found.sock)
    return found


async def _alone(found: Race, address: Resolved, connect: Connect) -> None:
    try:
        found.sock = await connect(address)
        found.winner = address
    except OSError as error:
        found.failed.append((address, error))


def _settle(found: Race, address: Resolved, task: asyncio.Task[socket.socket]) -> None:
    error = task.exception()
    if error is None:
        if found.sock is None:
            found.winner, found.sock = address, task.result()
    elif isinstance(error, OSError):
        found.failed.append((address, error))
    else:
        raise error


async def _close(tried: dict[asyncio.Task[socket.socket], Resolved], winner: socket.socket | None) -> None:
    """End the attempts that are still on, and close what they have opened meanwhile."""
    for task in tried:
        task.cancel()
    for result in await asyncio.gather(*tried, return_exceptions=True):
        if isinstance(result, socket.socket) and result is not winner:
            result.close()
