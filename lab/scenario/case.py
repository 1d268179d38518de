"""A case is what is performed: one variant of a scenario, as written or repaired."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.rfc import RFC
from lab.scenario.story import Act, Scenario, Together
from lab.script import AnyPeer, Request, Script, Upstreams, mend, peers, repaired_peer, speaks_http2


@dataclass(frozen=True)
class Case:
    """One variant of a scenario, as written or (`repaired`) as its own control; with `http2` what its client asks over
    HTTP/1.1 is asked over HTTP/2."""

    scenario: Scenario
    variant: str = ""
    repaired: bool = False
    http2: bool = False

    @property
    def name(self) -> str:
        """The address, with the variant in brackets."""
        return f"{self.scenario.address}[{self.variant}]" if self.variant else self.scenario.address

    def acts(self) -> tuple[Act, ...]:
        """The acts to perform. Each upstream that is given is in its normal form, a tuple of peers in `Upstreams`."""
        acts = self.scenario.acts_of(self.variant)
        if self.http2:
            acts = tuple(map(_over_http2, acts))
        return tuple(map(_mended, acts)) if self.repaired else acts

    def over_http2(self) -> "Case | None":
        """The same, asked over HTTP/2; None where that is another story: of a client that writes its bytes itself,
        speaks HTTP/1.0 or asks for a switch of protocols (RFC 9113, 8.6), or of a field that HTTP/2 forbids (8.2.2).
        """
        acts = self.acts()
        asked = all(_can_ask_over_http2(client) for act in acts for client in act.clients())
        upgrade = any(_DUTY_TO_SEND_UPGRADE in each.clauses for act in acts for each in act.expect)
        return replace(self, http2=True) if asked and not upgrade else None

    def control(self) -> "Case":
        return replace(self, repaired=True)

    @property
    def needs(self) -> frozenset[str]:
        """What a gateway must be able to do, of the words of NEEDS: what the scenario says, and HTTP/2 where a client
        speaks it."""
        over_http2 = any(speaks_http2(client) for act in self.acts() for client in act.clients())
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


_DUTY_TO_SEND_UPGRADE = RFC(9110, "15.5.22")


def _can_ask_over_http2(client: Request | Script) -> bool:
    if not isinstance(client, Request):
        return False
    return client.version in ("1.1", "2") and not any(line.lower().startswith(b"upgrade:") for line in client.fields)


def _over_http2(act: Act) -> Act:
    clients = tuple(replace(client, version="2") if isinstance(client, Request) else client for client in act.clients())
    return replace(act, client=Together(*clients) if isinstance(act.client, Together) else clients[0])


def _mended(act: Act) -> Act:
    upstream = None if act.upstream is None else Upstreams(*map(repaired_peer, peers(act.upstream, act.where)))
    clients = tuple(client if isinstance(client, Request) else mend(client) for client in act.clients())
    client = Together(*clients) if isinstance(act.client, Together) else clients[0]
    return replace(act, upstream=upstream, client=client)
