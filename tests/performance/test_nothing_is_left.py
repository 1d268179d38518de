"""Performances leave no task, no file descriptor, no thread and no message behind, however they end."""

import asyncio
import gc
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from lab.certificates import server_context
from lab.performance import perform
from lab.script import (
    BlackHole,
    Close,
    Get,
    Pause,
    Peer,
    ReceiveRequest,
    Refuse,
    Reset,
    Send,
    Stall,
    StartTLS,
    UnixSocket,
)
from tests.performance.relay import Relay
from tests.performance.test_performing import GET, HELLO, act, case

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the descriptors in /proc"),
]

KINDS: dict[str, Any] = {
    "plain": case(upstream=[ReceiveRequest(), HELLO]),
    "kept": case(acts=[act(client=GET, upstream=[ReceiveRequest(), HELLO]), act(client=GET, reuse=True)]),
    "closed": case(upstream=[ReceiveRequest(), Close(wrong="cut")]),
    "reset": case(upstream=[ReceiveRequest(), Reset(wrong="cut")]),
    "stalled": case(upstream=[ReceiveRequest(), Stall(wrong="silent")]),
    "paused": case(upstream=[ReceiveRequest(), Pause(5, wrong="slow"), HELLO]),
    "blocked": case(upstream=[Send(b"x" * 10_000_000), HELLO], client=[Stall()]),
    "refused": case(upstream=Refuse(wrong="nobody")),
    "black hole": case(upstream=BlackHole(wrong="nobody")),
    "unix socket": case(upstream=UnixSocket([ReceiveRequest(), HELLO]), needs=["unix"]),
    "no unix socket": case(upstream=UnixSocket(found="absent", wrong="no file"), needs=["unix"]),
    "stale unix socket": case(upstream=UnixSocket(found="stale", wrong="nobody"), needs=["unix"]),
    "full unix socket": case(upstream=UnixSocket(found="full", wrong="too many"), needs=["unix"]),
    "two addresses": case(upstream=Peer([ReceiveRequest(), HELLO], first_address="refuses"), needs=["ipv6"]),
    "silent address": case(upstream=Peer([ReceiveRequest(), HELLO], first_address="silent"), needs=["ipv6"]),
    "secured": case(client=Get("/", secure=True), upstream=[StartTLS(), ReceiveRequest(), HELLO]),
    "in the handshake": case(client=Get("/", secure=True), upstream=[ReceiveRequest(), Stall(wrong="no handshake")]),
    "failing": case(upstream=lambda: iter([ReceiveRequest(), "no step"])),
}


def held() -> tuple[int, int, int]:
    gc.collect()
    return len(asyncio.all_tasks()), len(os.listdir("/proc/self/fd")), threading.active_count()


@pytest.mark.parametrize("kind", KINDS)
async def test_after_each_kind_of_performance(kind: str) -> None:
    server_context()  # made once, not with each performance
    before = held()
    for _ in range(5):
        await perform(KINDS[kind], Relay(), deadline=0.03)
    assert held() == before


async def test_after_two_hundred_performances() -> None:
    given = [KINDS[kind] for kind in ("plain", "kept", "closed", "reset", "refused")]
    await perform(given[0], Relay())
    before = held()
    for number in range(200):
        await perform(given[number % len(given)], Relay(), deadline=0.2)
    assert held() == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turns", [0, 1, 3, 6, 10, 15, 40])
async def test_wherever_it_is_cancelled(kind: str, turns: int, recwarn: pytest.WarningsRecorder) -> None:
    server_context()
    before = held()
    playing = asyncio.create_task(perform(KINDS[kind], Relay(), deadline=0.2))
    for _ in range(turns):
        await asyncio.sleep(0)
    playing.cancel()
    await asyncio.wait({playing})
    for _ in range(10):  # the relay's own tasks
        await asyncio.sleep(0)
    assert held() == before
    assert [str(warning.message) for warning in recwarn] == []


async def test_where_the_gateway_does_not_start() -> None:
    class Broken(Relay):
        async def start(self, setup: Any) -> Any:
            await asyncio.sleep(0)
            raise OSError("no")

    before = held()
    for _ in range(5):
        assert "no" in (await perform(KINDS["plain"], Broken())).failure
    assert held() == before
