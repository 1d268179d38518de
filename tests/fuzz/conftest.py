"""What the fuzz tests share."""

from collections.abc import Iterator

import pytest

from tests.fuzz.stage import Stage, standing


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with standing() as stage:
        yield stage
