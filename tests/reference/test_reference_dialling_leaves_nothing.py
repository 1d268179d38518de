"""After stories of sockets, addresses and introductions, on the reference gateway: nothing of them is left."""

import asyncio
import gc
import os
from pathlib import Path

import pytest

from lab.catalogue import load
from lab.gateways.reference import Reference
from lab.performance import perform
from lab.scenario import Case

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts the descriptors in /proc"),
]


def stories() -> list[Case]:
    """Those for which the gateway has to be told more than an address, as far as they can be played here."""
    offers = Reference().offers
    return [case for case in load().select(["connections"]) if case.needs and case.needs <= offers]


def held() -> tuple[int, int]:
    return len(asyncio.all_tasks()), len(os.listdir("/proc/self/fd"))


def clean() -> tuple[int, int]:
    """What is held once garbage is collected."""
    gc.collect()
    return held()


async def test_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await perform(stories()[0], Reference())
    before = clean()
    for case in stories():
        await perform(case, Reference())
        await perform(case.control(), Reference())
        assert held() == before or clean() == before, case.name
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("turns", [2, 9, 21, 30])
async def test_wherever_it_is_cancelled(turns: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = clean()
    for case in stories():
        playing = asyncio.create_task(perform(case, Reference()))
        for _ in range(turns):
            await asyncio.sleep(0)
        playing.cancel()
        await asyncio.wait({playing})
        for _ in range(10):  # the gateway's own tasks
            await asyncio.sleep(0)
        assert held() == before or clean() == before, case.name
    assert list(tmp_path.iterdir()) == []
