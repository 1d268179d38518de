"""An upstream that plays a scenario for anyone's client or gateway, as long as it is wanted."""

import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence

from lab.gateways import Address
from lab.performance.acts import met_without_a_connection
from lab.performance.setting import destinations
from lab.scenario import Case, act_peers
from lab.scenario.rehearsal import rehearse
from lab.transcript import Event, What
from lab.upstream import Recording, Upstream, closed

_KEPT = 200
"""How many of the last events are kept, so that it can go on for ever."""


class Served:
    """An upstream that plays. `urls`: one for each peer; `url`: of the first. `delivered`: the faults that took effect.
    `recent`: the last things that happened.

    A mark on how a peer listens has effect all the time: whether somebody tried cannot be known here.
    """

    def __init__(self, urls: tuple[str, ...], delivered: set[str], recent: Sequence[Event]) -> None:
        self.urls = urls
        self.url = urls[0]
        self.delivered = delivered
        self.recent = recent


@contextlib.asynccontextmanager
async def serving_upstream(
    case: Case,
    *,
    listen: Address | None = None,
    tell: Callable[[Event], None] | None = None,
    fields: bytes = b"",
) -> AsyncIterator[Served]:
    """Play the upstream of a case's first act within the block, each connection's script as often as it is asked for.

    `listen`: the address of the first peer, the others get the ports after it (None: fresh addresses). `tell` is
    called with each event. Raises OSError where an address cannot be had.
    """
    peers = act_peers(case.acts()[0]) or ()
    watched = rehearse(case).watched()
    delivered = {peer.wrong for peer in peers if met_without_a_connection(peer) and peer.wrong is not None}

    def heard(event: Event) -> None:
        if event.what is What.DELIVERED and event.detail not in watched:
            delivered.add(event.detail)
        if tell is not None:
            tell(event)

    recent: deque[Event] = deque(maxlen=_KEPT)
    record = Recording(recent, heard)
    upstream = Upstream(record, peers, performance=case.name, fields=fields, address=listen)
    try:
        places = await upstream.listen()
        urls = tuple(destination.url for destination in destinations([peers], places))
        yield Served(urls, delivered, recent)
    finally:
        record.seal()
        connections = list(upstream.connections)
        await upstream.close()
        await closed(connections)
