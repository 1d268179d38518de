"""Plain synchronous fixtures for other people's tests: a broken upstream, and the reference gateway in front of it.

Both run in a loop of their own, in a thread, so that a synchronous test with any client works.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from lab.catalogue import Catalogue
    from lab.scenario import Case


class FaultNotDelivered(AssertionError):
    """The test ended before the upstream's fault took effect: what it saw was not the fault."""


@contextmanager
def playing(scenario: str, *, check: bool = True) -> Iterator[str]:
    """A scenario's upstream, playing on a loopback address: `with playing("malformed_headers/no_colon") as url`.

    A variant is named in brackets; else it is the first. At the end it is checked that the fault took effect
    (`check=False`: not). Raises `lab.catalogue.Unknown`, naming the nearest scenario.
    """
    from lab.performance import serving_upstream

    case = _case(scenario)
    with _portal() as portal, portal.wrap_async_context_manager(serving_upstream(case)) as served:
        yield served.url
        delivered = served.delivered
    if check and case.marked and not delivered:
        raise FaultNotDelivered(f"{case.name}: its fault never took effect: was {served.url} asked at all?")


@contextmanager
def fronting(url: str) -> Iterator[str]:
    """The reference gateway in front of an upstream's URL."""
    from lab.gateways.names import gateway_named

    with _portal() as portal:
        running = portal.call(gateway_named("reference").start, _setup(url))
        try:
            yield "http://{}:{}".format(*running.address)
        finally:
            portal.call(running.stop)


@pytest.fixture
def upstream() -> Iterator[Callable[[str], str]]:
    """`upstream("malformed_headers/no_colon")` is the URL of that scenario's upstream, playing until the test ends.

    At the end it is checked that its fault took effect.
    """
    with ExitStack() as open_until_the_end:
        yield lambda scenario: open_until_the_end.enter_context(playing(scenario))


@pytest.fixture
def gateway_in_front_of() -> Iterator[Callable[[str], str]]:
    """`gateway_in_front_of(url)` is the URL of a reference gateway in front of that upstream, until the test ends."""
    with ExitStack() as open_until_the_end:
        yield lambda url: open_until_the_end.enter_context(fronting(url))


def _portal() -> "AbstractContextManager[BlockingPortal]":
    from anyio.from_thread import start_blocking_portal

    return start_blocking_portal("asyncio")


def _case(scenario: str) -> "Case":
    from lab.catalogue import Unknown

    cases = _catalogue().select([scenario])
    if len({case.scenario.address for case in cases}) > 1:
        raise Unknown(f"{scenario} is a chapter: name one of its scenarios, such as {cases[0].scenario.address}")
    return cases[0]


@cache
def _catalogue() -> "Catalogue":
    """The lab's own, read once: many tests ask for it, and it is a hundred and more files."""
    from lab.catalogue import load

    return load()


def _setup(url: str) -> Any:
    from urllib.parse import urlsplit

    from lab.certificates import authority
    from lab.gateways import Destination, Setup

    parts = urlsplit(url)
    if parts.scheme == "unix":
        return Setup(destinations=(Destination(("localhost", 0), path=parts.path),))
    if parts.scheme not in ("http", "https") or parts.hostname is None:
        raise ValueError(f"gateway_in_front_of takes the URL of an upstream, not {url!r}")
    secure = parts.scheme == "https"
    address = (parts.hostname, parts.port or (443 if secure else 80))
    return Setup(destinations=(Destination(address, secure=secure),), trust=authority())
