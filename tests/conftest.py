"""What all tests share."""

import pytest
from hypothesis import settings

settings.register_profile("lab", deadline=None, print_blob=True)  # a shared machine is slow now and then
settings.load_profile("lab")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the lab does."""
    return "asyncio"
