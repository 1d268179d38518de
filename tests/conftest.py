"""What all tests share."""

import gc

import pytest
from hypothesis import settings

# No deadline: a shared machine is slow now and then. Fewer examples than usual: there are many such tests.
settings.register_profile("lab", deadline=None, print_blob=True, max_examples=50)
settings.load_profile("lab")


def pytest_collection_finish() -> None:
    """What stands when the tests begin stays: who collects garbage afterwards has only the tests' own to look at."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the lab does."""
    return "asyncio"
