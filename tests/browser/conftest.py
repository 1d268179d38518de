"""One browser for the tests of a module, and what stands behind it: each takes a second to start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import Tab, chromium, tab
from tests.browser.standing import HealthyOrigin

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as running:
        yield running


@pytest.fixture
def one_tab(browser: "Browser") -> Iterator[Tab]:
    with tab(browser) as opened:
        yield opened


@pytest.fixture
def another_tab(browser: "Browser") -> Iterator[Tab]:
    """Of somebody else, who has another cache."""
    with tab(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def origin(browser: "Browser") -> Iterator[HealthyOrigin]:
    with HealthyOrigin() as running:
        yield running
