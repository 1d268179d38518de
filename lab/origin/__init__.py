"""A healthy origin: a few resources with validators and freshness, and the preconditions that go with them."""

from lab.origin.application import Origin
from lab.origin.resources import Resource

__all__ = ["Origin", "Resource"]
