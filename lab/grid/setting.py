"""What the cells of different scenarios can have in common: the request, the places of the upstreams, the needs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lab.grid.healthy import Place, Representation
from lab.grid.states import (
    CHANGED,
    CHANGED_CONTENT,
    FRESHNESS,
    GOOD,
    GOOD_CONTENT,
    LAST_AT,
    PRIMED_AT,
    TAGS,
    Asking,
    State,
    met_at,
)
from lab.scenario import Act, Case, act_peers
from lab.script import Request, Upstream, Upstreams

_CONDITIONS = (b"if-match:", b"if-none-match:", b"if-modified-since:", b"if-unmodified-since:", b"if-range:")
_PREAMBLES = {"proxy-v1", "proxy-v2"}


@dataclass(frozen=True)
class SetUp:
    """`request`: without conditions. `places`: one for each upstream. `needs`: of the words of `lab.scenario.NEEDS`.

    Two scenarios with equal ones share their controls.
    """

    request: Request
    places: tuple[Place, ...]
    needs: frozenset[str]

    @classmethod
    def of(cls, case: Case) -> "SetUp":
        """Of a case with one act and one request."""
        (act,) = case.acts()
        assert isinstance(act.client, Request)
        lines = tuple(line for line in act.client.fields if not line.lower().startswith(_CONDITIONS))
        preamble = bool(case.needs & _PREAMBLES)
        places = tuple(Place.of(peer, preamble=preamble) for peer in act_peers(act) or ())
        return cls(replace(act.client, fields=lines), places, case.needs | {"cache", "clock"})

    def acts(self, state: State, asking: Asking, faulty: Upstream | None) -> Iterator[Act]:
        """The store is brought into this state; the `faulty` upstream is met (None: the healthy one once more); the
        healthy one is back, and has changed."""
        good = Representation(GOOD, GOOD_CONTENT, FRESHNESS.get(state, b"max-age=60"))
        changed = Representation(CHANGED, CHANGED_CONTENT, b"max-age=60")
        if state.has_copy:
            yield Act(client=self.request, upstream=self._healthy(good), clock=PRIMED_AT)
        yield Act(client=self.asked(asking), upstream=faulty or self._healthy(good), clock=met_at(state))
        yield Act(client=self.request, upstream=self._healthy(changed), clock=LAST_AT)

    def asked(self, asking: Asking) -> Request:
        """What the client asks that meets the faulty upstream."""
        if asking not in TAGS:
            return self.request
        return replace(self.request, fields=(*self.request.fields, b"If-None-Match: " + TAGS[asking] + b"\r\n"))

    def _healthy(self, representation: Representation) -> Upstreams:
        return Upstreams(*(place.healthy(representation) for place in self.places))
