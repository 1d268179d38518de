"""The addresses of an upstream, in the order in which they are tried."""

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from lab.gateways import Address, Destination
from lab.gateways.reference.failure import Failure
from lab.rfc.conditions import Condition
from lab.serving.addresses import host_and_port


class Resolved(NamedTuple):
    """An address family, and the address as `connect` takes it."""

    family: int
    address: Any

    def __str__(self) -> str:
        return self.address if isinstance(self.address, str) else host_and_port(self.address[:2])


async def resolve(destination: Destination) -> tuple[Resolved, ...]:
    """Where it can be reached, at least one. Raises Failure where its name has no address."""
    if destination.path is not None:
        return (Resolved(socket.AF_UNIX, destination.path),)
    if destination.addresses:
        return tuple(map(_numeric, destination.addresses))
    host, port = destination.address
    try:
        return (_numeric(destination.address),)
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        condition = Condition.NAME_NOT_FOUND if unknown else Condition.NAME_ERROR
        raise Failure(condition, f"{host}: {error.strerror}") from error
    return alternating(dict.fromkeys(Resolved(family, address) for family, _, _, _, address in found))


def alternating(found: Iterable[Resolved]) -> tuple[Resolved, ...]:
    """In the order given, but one family after the other, so that one that does not work is soon left (RFC 8305, 4)."""
    given = tuple(found)
    first = [each for each in given if each.family == given[0].family]
    others = [each for each in given if each.family != given[0].family]
    return tuple(each for each in chain.from_iterable(zip_longest(first, others)) if each is not None)


def _numeric(address: Address) -> Resolved:
    return Resolved(socket.AF_INET6 if ip_address(address[0]).version == 6 else socket.AF_INET, address)
