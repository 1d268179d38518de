"""A case is what is performed: one variant of a scenario, as written or repaired."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.scenario.story import Act, Scenario, Together
from lab.script import AnyPeer, Request, Upstreams, mend, peers, repaired_peer


@dataclass(frozen=True)
class Case:
    """One variant of a scenario, as written or (`repaired`) as its own control."""

    scenario: Scenario
    variant: str = ""
    repaired: bool = False

    @property
    def name(self) -> str:
        """The address, with the variant in brackets."""
        return f"{self.scenario.address}[{self.variant}]" if self.variant else self.scenario.address

    def acts(self) -> tuple[Act, ...]:
        """The acts to perform. Each upstream that is given is in its normal form, a tuple of peers in `Upstreams`."""
        acts = self.scenario.acts_of(self.variant)
        return tuple(map(_mended, acts)) if self.repaired else acts

    def control(self) -> "Case":
        return replace(self, repaired=True)

    @property
    def needs(self) -> frozenset[str]:
        """What a gateway must be able to do, of the words of NEEDS: what the scenario says, and HTTP/2 where a request
        is asked over it."""
        clients = (client for act in self.scenario.acts_of(self.variant) for client in act.clients())
        over_http2 = any(isinstance(client, Request) and client.version == "2" for client in clients)
        return frozenset(self.scenario.needs) | ({"h2"} if over_http2 else frozenset())

    @property
    def marked(self) -> bool:
        """Whether something in it is marked wrong (a generator is asked in its rehearsal, not here)."""
        return bool(self.scenario.reports)


def cases(scenario: Scenario) -> Iterator[Case]:
    """All that there is to perform of a scenario."""
    return (Case(scenario, variant) for variant in scenario.variants)


def act_peers(act: Act) -> tuple[AnyPeer, ...] | None:
    """The peers of an act in their normal form; None: as in the act before."""
    return None if act.upstream is None else peers(act.upstream, act.where)


def _mended(act: Act) -> Act:
    upstream = None if act.upstream is None else Upstreams(*map(repaired_peer, peers(act.upstream, act.where)))
    clients = tuple(client if isinstance(client, Request) else mend(client) for client in act.clients())
    client = Together(*clients) if isinstance(act.client, Together) else clients[0]
    return replace(act, upstream=upstream, client=client)
