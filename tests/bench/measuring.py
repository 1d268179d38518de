"""Rounds that alternate, medians, and what is left behind."""

import asyncio
import gc
import statistics
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import psutil

Act = Callable[[], Awaitable[object]]


async def alternate(acts: Mapping[str, Act], *, rounds: int = 7, times: int = 60) -> dict[str, float]:
    """Milliseconds for each act once: the median of the rounds, in which the acts take turns."""
    for act in acts.values():
        for _ in range(times // 4 + 1):
            await act()
    measured: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            gc.collect()
            begun = time.perf_counter()
            for _ in range(times):
                await act()
            measured[name].append((time.perf_counter() - begun) / times * 1000)
    return {name: statistics.median(values) for name, values in measured.items()}


@dataclass(frozen=True)
class Left:
    """What a process holds at one moment."""

    files: int
    tasks: int
    threads: int
    memory: float  # MB
    time_wait: int

    @classmethod
    def now(cls) -> "Left":
        gc.collect()
        process = psutil.Process()
        files = process.num_fds() if hasattr(process, "num_fds") else len(process.open_files())
        return cls(
            files, len(asyncio.all_tasks()), threading.active_count(), process.memory_info().rss / 1e6, _waiting()
        )


def _waiting() -> int:
    """Sockets in TIME_WAIT on this machine; 0 where it cannot be told."""
    try:
        with open("/proc/net/sockstat", encoding="ascii") as table:
            words = next(line for line in table if line.startswith("TCP:")).split()
        return int(words[words.index("tw") + 1])
    except (OSError, ValueError, StopIteration):
        return 0


def told(what: str, measured: str, target: str, met: bool) -> bool:
    """One line of the report; whether the target was met is handed on."""
    print(f"  {'ok  ' if met else 'MISS'}  {what:<58} {measured:>18}   {target}", flush=True)
    return met
