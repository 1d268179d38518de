"""Performances that are broken off in the middle leave nothing behind, and say nothing."""

import asyncio
import gc
import logging
import os
import warnings
from contextlib import aclosing
from pathlib import Path

import pytest

from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.performance import perform_all

pytestmark = pytest.mark.anyio

DESCRIPTORS = Path("/proc/self/fd")


@pytest.mark.parametrize("after", [1, 3, 5, 9, 15])
async def test_nothing_is_left_and_nothing_is_said(after: int, caplog: pytest.LogCaptureFixture) -> None:
    """However far each of them has got: some are starting, some playing, some clearing up."""
    tasks = asyncio.all_tasks()
    before = len(os.listdir(DESCRIPTORS)) if DESCRIPTORS.exists() else 0
    with caplog.at_level(logging.WARNING):
        async with aclosing(
            perform_all(load().select(["first", "truncated_bodies"]), gateway_named("reference"), jobs=16)
        ) as performed:
            for _ in range(after):
                await anext(performed, None)
    assert asyncio.all_tasks() <= tasks
    # A connection that comes in while its listener closes is left to the collector by asyncio before Python 3.12.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    assert [record.message for record in caplog.records] == []
    if before:
        assert len(os.listdir(DESCRIPTORS)) <= before
