"""Targeted cache control (RFC 9213)."""

import pytest

from lab.gateways.reference.cache.engine import Policy
from tests.cache_engine.speaking import Cache, date

TARGETS = ("Example-Cache-Control", "CDN-Cache-Control")

# Field lines of a response of the moment 0, and for how many seconds it is fresh; None: it is not stored.
POLICIES = [
    ("CDN-Cache-Control: max-age=60\nCache-Control: no-store", 60),
    ("CDN-Cache-Control: max-age=60\nCache-Control: private, max-age=5", 60),
    (f"CDN-Cache-Control: must-revalidate\nExpires: {date(60)}\nCache-Control: max-age=60", 0),
    ("CDN-Cache-Control: no-store\nCache-Control: max-age=60", None),
    ("CDN-Cache-Control: private\nCache-Control: max-age=60", None),
    ("CDN-Cache-Control: max-age=60.0\nCache-Control: max-age=60", 0),
    ("CDN-Cache-Control: max-age=60;x\nCache-Control: max-age=5", 60),
    ("CDN-Cache-Control: max-age=60\nExample-Cache-Control: max-age=90", 90),
    ("CDN-Cache-Control: max-age=60\nExample-Cache-Control: (", 60),
    ("CDN-Cache-Control:\nCache-Control: max-age=5", 5),
    ("CDN-Cache-Control: MAX-AGE=60\nCache-Control: max-age=5", 5),
    ("Other-Cache-Control: max-age=60\nCache-Control: max-age=5", 5),
    ("Surrogate-Control: max-age=60\nCache-Control: max-age=5", 5),
]


@pytest.mark.parametrize(("fields", "lifetime"), POLICIES)
def test_the_first_targeted_field_that_is_valid_decides_alone(fields: str, lifetime: float | None) -> None:
    stored = Cache(Policy("cache", TARGETS)).fill(fields)
    assert (stored.terms.lifetime if stored else None) == lifetime


def test_without_targets_it_is_a_field_like_any_other() -> None:
    stored = Cache().fill("CDN-Cache-Control: max-age=60\nCache-Control: max-age=5")
    assert stored is not None
    assert stored.terms.lifetime == 5
    assert stored.fields.has(b"cdn-cache-control")


def test_it_restrains_as_cache_control_does() -> None:
    stored = Cache(Policy("cache", TARGETS)).fill('CDN-Cache-Control: max-age=60, must-revalidate, no-cache="X"\nX: 1')
    assert stored is not None
    assert stored.terms.never_stale
    assert not stored.fields.has(b"x")
