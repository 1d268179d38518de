"""Stores of each kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lab.gateways.reference.cache.store import MemoryStore, Store
from tests.cache_store.disk import opened

SIZE = 4 << 20


@pytest.fixture(params=["memory", "disk"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """One of SIZE octets."""
    if request.param == "memory":
        yield MemoryStore(SIZE)
    else:
        async with opened(tmp_path / "cache", SIZE) as disk:
            yield disk
