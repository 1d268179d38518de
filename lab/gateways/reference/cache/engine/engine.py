"""The engine: what to do with a request, with the answer to it, and without one."""

from collections.abc import Sequence
from dataclasses import replace

from lab.gateways.reference.cache.engine.answers import answer
from lab.gateways.reference.cache.engine.cache_status import hit
from lab.gateways.reference.cache.engine.conditions import asking, to_validate
from lab.gateways.reference.cache.engine.reacting import Reacting
from lab.gateways.reference.cache.engine.selecting import matching
from lab.gateways.reference.cache.engine.uris import key_of
from lab.gateways.reference.cache.engine.values import (
    Asked,
    Decision,
    Forward,
    Instant,
    Policy,
    Reaction,
    Refuse,
    Serve,
    Stored,
)
from lab.gateways.reference.cache.engine.wants import CONDITIONS, Wants
from lab.h1 import Head


class Engine:
    """A shared cache without its store, its clock and its connections. It remembers nothing between two calls, and
    raises nothing, whatever the fields say."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def key(self, asked: Asked) -> bytes:
        """What the responses are stored under that may answer this request: its target URI."""
        return key_of(asked)

    def decide(self, asked: Asked, stored: Sequence[Stored], now: Instant) -> Decision:
        """What to do with this request, where these responses are stored under its key."""
        if asked.method not in (b"GET", b"HEAD"):
            return Forward("method", asked.method, asked.fields, stores=asked.method == b"POST")
        wants = Wants(asked)
        # Content of a GET is no part of the key, and some conditions are for the origin to evaluate (RFC 9111, 4.3.2):
        # neither such a request nor its answer has to do with what is stored.
        alone = asked.has_content or wants.origin_decides
        candidates = () if alone else matching(stored, wants)
        served = self._from_store(asked, wants, stored, candidates, now) if candidates else None
        if served is not None:
            return served
        if wants.directives.has(b"only-if-cached"):
            return Refuse(504, "only-if-cached, and nothing that is stored can answer (RFC 9111, 5.2.1.7)")
        if alone:
            return Forward("bypass", asked.method, asked.fields)
        return self._forward(wants, asked.method, stored, candidates, now)

    def answered(
        self, asked: Asked, forward: Forward, head: Head, sent_at: Instant, now: Instant, *, shared: bool = False
    ) -> Reaction:
        """What to do with this final response to what was sent then. `shared`: it is the response to another request,
        and what it has for that client alone is not for this one."""
        return Reacting(self.policy, asked, forward, now, shared=shared).answered(head, sent_at)

    def failed(self, asked: Asked, forward: Forward, *, unreachable: bool, now: Instant) -> Reaction:
        """What to do where there is no response. `unreachable`: nobody answered, or not in time; otherwise what came
        was no valid response."""
        return Reacting(self.policy, asked, forward, now).failed(unreachable=unreachable)

    def _from_store(
        self, asked: Asked, wants: Wants, stored: Sequence[Stored], candidates: tuple[Stored, ...], now: Instant
    ) -> Serve | None:
        """The answer that may be given without asking, if there is one."""
        chosen = candidates[0]
        terms = chosen.terms
        if terms.validate:
            return None
        age = chosen.age(now)
        left = terms.lifetime - age
        if left > 0:
            return self._hit(wants, chosen, now, age) if wants.allows_fresh(age, left) else None
        if terms.never_stale:
            return None
        if wants.allows_stale(age, -left):
            return self._hit(wants, chosen, now, age, "max-stale")
        if -left > terms.while_validating or not terms.while_validating or not wants.allows_validating_later():
            return None
        served = self._hit(wants, chosen, now, age, "stale-while-revalidate")
        return Serve(served.answer, self._in_background(asked, stored, candidates, now))

    def _hit(self, wants: Wants, chosen: Stored, now: Instant, age: float, stale: str = "") -> Serve:
        said = hit(self.policy.name, chosen.terms.lifetime - age, chosen.key, stale)
        return Serve(answer(wants, chosen, now, said, age=age, stale=bool(stale)))

    def _in_background(
        self, asked: Asked, stored: Sequence[Stored], candidates: tuple[Stored, ...], now: Instant
    ) -> Forward:
        """To validate what is stored for its own sake: without the client's conditions, and in full."""
        plain = Wants(replace(asked, fields=asked.fields.without(*CONDITIONS, b"range")))
        return self._forward(plain, asked.method, stored, candidates, now)

    def _forward(
        self, wants: Wants, method: bytes, stored: Sequence[Stored], candidates: tuple[Stored, ...], now: Instant
    ) -> Forward:
        validates = to_validate(stored, candidates)
        alone = wants.head or wants.ranged or wants.authorized or wants.no_cache or wants.no_store
        return Forward(
            why=_why(stored, candidates, now),
            method=method,
            fields=asking(wants, validates),
            candidates=candidates,
            validates=validates,
            collapse=not alone and (bool(validates) or not wants.conditional),
            stores=not wants.head and not wants.no_store,
        )


def _why(stored: Sequence[Stored], candidates: Sequence[Stored], now: Instant) -> str:
    """The most specific reason for going forward (RFC 9211, 2.2)."""
    if not stored:
        return "uri-miss"
    if not candidates:
        return "vary-miss"
    fresh = candidates[0].left(now) > 0 and not candidates[0].terms.validate
    return "request" if fresh else "stale"
