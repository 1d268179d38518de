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
    """`winner` and its connected `sock`: None where every address failed. `failed`: those that did, in that order.
    `silent`: those that had not answered when another one won."""

    winner: Resolved | None = None
    sock: socket.socket | None = None
    failed: list[tuple[Resolved, OSError]] = field(default_factory=list)
    silent: list[Resolved] = field(default_factory=list)


async def race(addresses: Sequence[Resolved], connect: Connect, delay: float) -> Race:
    """Try the addresses in order: the next one as soon as one has failed, or beside the others after `delay` seconds
    of silence. The first connection wins; whatever else was begun is given up, and closed at once."""
    found = Race()
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
                if _settle(found, tried[task], task):
                    del tried[task]
        found.silent = [address for task, address in tried.items() if task in running]
    finally:
        for task in tried:  # not waited for: who is cancelled while waiting would lose what they have opened
            task.cancel()
            task.add_done_callback(_close)
    return found


def _settle(found: Race, address: Resolved, task: asyncio.Task[socket.socket]) -> bool:
    """Take the result of one attempt. Gives whether it has won."""
    error = task.exception()
    if isinstance(error, OSError):
        found.failed.append((address, error))
        return False
    if found.sock is not None:
        return False
    found.sock, found.winner = task.result(), address
    return True


def _close(task: asyncio.Task[socket.socket]) -> None:
    if not task.cancelled() and task.exception() is None:
        task.result().close()
