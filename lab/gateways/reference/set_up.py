"""What the reference gateway can do on this machine, and how it is set up for a scenario that needs more than usual."""

import contextlib
import os
import random
import socket
import sys
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import Any

from lab.gateways.reference.cache.settings import CacheSettings
from lab.gateways.reference.marking import MarkDown
from lab.gateways.reference.settings import Settings

_STORED = 8 << 20  # bytes, for one performance
_UNASKED = range(20_000, 30_000)  # systems give ports above these to whoever asks for none


@cache
def machine_offers() -> frozenset[str]:
    """Of the words of `lab.scenario.NEEDS`, what it can be set up for, as far as system, user and networks allow."""
    offers = {"cache", "known-name", "marks-down", "one-connection", "proxy-v1", "proxy-v2", "targeted"}
    if hasattr(socket, "AF_UNIX") and hasattr(os, "geteuid"):
        offers.add("unix")
        if os.geteuid() != 0:
            offers.add("permissions")
    if sys.platform == "linux":  # how a port may be used again differs between systems
        offers.add("one-local-port")
    if _has_ipv6():
        offers.add("ipv6")
    return frozenset(offers)


def set_up(settings: Settings, needs: Collection[str]) -> Settings:
    """The same, and what these words say of how a gateway is set up."""
    changes: dict[str, Any] = {}
    if "known-name" in needs:
        changes["name"] = "gateway.test"
    if "marks-down" in needs:
        changes["mark_down"] = MarkDown(1, seconds=60.0)
    if "proxy-v1" in needs:
        changes["proxy_protocol"] = 1
    if "proxy-v2" in needs:
        changes["proxy_protocol"] = 2
    if "one-connection" in needs:
        changes["connections"] = 1
    if "cache" in needs or "targeted" in needs:
        changes["cache"] = CacheSettings(_STORED, targets=("CDN-Cache-Control",) if "targeted" in needs else ())
    if "one-local-port" in needs:
        port = _free_port()
        changes["local_ports"] = range(port, port + 1)
    return replace(settings, **changes)


def _free_port() -> int:
    """One that nobody uses, and that the system gives nobody by itself. Raises OSError where there is none."""
    for port in random.sample(_UNASKED, 100):
        with contextlib.suppress(OSError), socket.socket() as sock:
            sock.bind(("", port))
            return port
    raise OSError("no local port is free")


def _has_ipv6() -> bool:
    if not socket.has_ipv6:
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as sock:
        sock.bind(("::1", 0))
        return True
    return False
