"""What the tests of the comparison share: one of them, made once."""

import asyncio

import pytest

from lab.compare.comparison import Comparison
from lab.compare.performing import compare
from lab.gateways.names import gateway_named
from tests.catalogue.catalogue import catalogue


@pytest.fixture(scope="session")
def reference() -> Comparison:
    """Everything on the reference gateway, with one chapter of the catalogue."""
    return asyncio.run(compare(gateway_named("reference"), catalogue().select(["first"])))
