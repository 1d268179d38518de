"""What to do with the answer to a request that went forward, and without one (RFC 9111, 4.3.3, 4.3.4 and 4.2.4)."""

from lab.gateways.reference.cache.engine.answers import answer
from lab.gateways.reference.cache.engine.cache_status import forwarded
from lab.gateways.reference.cache.engine.conditions import lists, without_conditions
from lab.gateways.reference.cache.engine.freshness import Rules
from lab.gateways.reference.cache.engine.metadata import etag_of
from lab.gateways.reference.cache.engine.storing import refused, stored
from lab.gateways.reference.cache.engine.updating import (
    after_head,
    for_this_client,
    identified,
    kept,
    outdated,
    updated,
)
from lab.gateways.reference.cache.engine.uris import key_of, located
from lab.gateways.reference.cache.engine.values import (
    AskAgain,
    Asked,
    Fail,
    Forward,
    Instant,
    Policy,
    Reaction,
    Relay,
    ServeStale,
    Stored,
    Validated,
)
from lab.gateways.reference.cache.engine.wants import Wants
from lab.h1 import Head
from lab.semantics.etags import entity_tags, matches_weakly
from lab.semantics.statuses import HEURISTICALLY_CACHEABLE

SAFE = frozenset({b"GET", b"HEAD", b"OPTIONS", b"TRACE"})  # RFC 9110, 9.2.1; of others nobody knows
ERRORS = frozenset({500, 502, 503, 504})  # RFC 5861, 4
_REPLACING = HEURISTICALLY_CACHEABLE - {206}


class Reacting:
    """One request that went forward, and the moment at which something came of it. `shared`: see Engine.answered."""

    def __init__(self, policy: Policy, asked: Asked, forward: Forward, now: Instant, *, shared: bool = False) -> None:
        self._policy = policy
        self._asked = asked
        self._forward = forward
        self._now = now
        self._shared = shared
        self._wants = Wants(asked)
        self._key = key_of(asked)

    def answered(self, head: Head, sent: Instant) -> Reaction:
        if self._asked.method not in (b"GET", b"HEAD"):
            return self._other_method(head, sent)
        if head.status == 304:
            return self._not_modified(head, sent)
        if head.status in ERRORS:
            stale = self._stale(head.status)
            if stale is not None:
                return stale
        if self._asked.method == b"HEAD":
            return self._head(head, sent)
        return self._relay(head, sent)

    def failed(self, *, unreachable: bool) -> Reaction:
        stale = self._stale(None)
        if stale is not None:
            return stale
        chosen = self._forward.candidates[:1]
        if unreachable and chosen and chosen[0].terms.never_stale:
            return Fail("what is stored must be validated first, and nobody answers (RFC 9111, 5.2.2.2)", 504)
        return Fail("nothing that is stored may be used in place of the error")

    def _relay(self, head: Head, sent: Instant, invalidates: tuple[bytes, ...] = ()) -> Relay:
        """The upstream's answer goes on, and into the store where it may. What is still fresh there and selected by the
        same request is then outdated, also where the new answer may not be stored."""
        rules = Rules(head.fields, self._policy)
        why_not = refused(self._asked, self._wants, head, rules, self._now.wall)
        if not self._forward.stores:
            why_not = why_not or "request"
        new = None
        if not why_not:
            new = stored(self._key, self._wants, head, rules, sent, self._now, self._policy)
        outdates = new is None and head.status in _REPLACING
        said = self._said(status=None, ttl=new.left(self._now) if new else None, stored=new is not None, detail=why_not)
        reason = f"not stored: {why_not}" if why_not else "stored while it goes on"
        candidates = self._forward.candidates
        return Relay(
            reason, said, store=new, replaces=candidates if new else (), invalidates=invalidates,
            updates=tuple((each, outdated(each)) for each in candidates if outdates and each.left(self._now) > 0),
        )  # fmt: skip

    def _other_method(self, head: Head, sent: Instant) -> Relay:
        """An unsafe request that may have changed something makes what is stored of it invalid (RFC 9111, 4.4)."""
        invalidates: tuple[bytes, ...] = ()
        if self._asked.method not in SAFE and 200 <= head.status <= 399:
            named = located(self._asked, head.fields, b"location", b"content-location")
            invalidates = tuple(dict.fromkeys((self._key, *named)))
        return self._relay(head, sent, invalidates)

    def _head(self, head: Head, sent: Instant) -> Relay:
        updates: tuple[tuple[Stored, Stored], ...] = ()
        if head.status == 200:
            updates = after_head(self._forward.candidates, self._asked, head, sent, self._now, self._policy)
        said = self._said(stored=False)
        return Relay("the answer to HEAD is not stored", said, updates=updates)

    def _not_modified(self, head: Head, sent: Instant) -> Reaction:
        found = identified(head, self._forward.candidates, self._now.wall)
        if found:
            return self._updating(found, head, sent)
        meant = self._meant(head)
        if meant is not None:
            return self._validated(meant, head)
        if self._theirs(head):
            return Validated("the 304 is for the client's own copy", self._said(stored=False))
        if self._forward.validates:
            again = Forward(
                self._forward.why, self._forward.method, without_conditions(self._asked.fields),
                self._forward.candidates, stores=self._forward.stores, again=True,
            )  # fmt: skip
            return AskAgain("the 304 speaks of something that nobody has", again)
        if self._forward.again:
            return self._stale(304) or Fail("a 304 to a request without a condition", 502)
        return Validated("a 304 that nobody asked for", self._said(stored=False))

    def _updating(self, found: tuple[Stored, ...], head: Head, sent: Instant) -> Validated:
        """The 304 updates these stored responses; with the first of them, the most recent, this request is answered."""
        news = [updated(each, self._wants, head, sent, self._now, self._policy) for each in found]
        keeps = (
            kept(each, new, self._asked, self._wants, self._now.wall, self._policy)
            for each, new in zip(found, news, strict=True)
        )
        updates = tuple((old, keep) for old, keep in zip(found, keeps, strict=True) if keep is not old)
        return self._validated(news[0], head, updates, young=not head.fields.has(b"age"))

    def _validated(
        self, valid: Stored, head: Head, updates: tuple[tuple[Stored, Stored], ...] = (), *, young: bool = False
    ) -> Validated:
        """`young`: it was the origin that has just validated it, so that there is no Age (RFC 9111, 5.1)."""
        said = self._said(status=304, ttl=valid.left(self._now))
        age = None if young else valid.age(self._now)
        extra = () if self._shared else for_this_client(valid, head, self._policy)
        made = answer(self._wants, valid, self._now, said, age=age, extra=extra)
        return Validated("what is stored is valid", said, updates, made)

    def _meant(self, head: Head) -> Stored | None:
        """The stored response that a 304 shows to be valid although it must not be updated by it: the variant that has
        its entity tag, which this request does not select; or, where it names none, the only one that was asked for."""
        etag = etag_of(head.fields)
        validates = self._forward.validates
        if etag is not None:
            tags = [(each, each.metadata.validators.etag) for each in validates]
            return next((each for each, tag in tags if tag is not None and matches_weakly(tag, etag)), None)
        named = head.fields.has(b"etag") or head.fields.has(b"last-modified")
        alone = len(validates) == 1 and validates == self._forward.candidates and not self._theirs_too()
        return validates[0] if alone and not named else None

    def _theirs_too(self) -> bool:
        """Whether the request that was sent may have got a 304 for an entity tag of the client's."""
        own = self._forward.validates[0].metadata.validators.etag
        theirs = entity_tags(self._wants.get(b"if-none-match"))
        return theirs == "*" or any(own is None or not matches_weakly(tag, own) for tag in theirs)

    def _theirs(self, head: Head) -> bool:
        """Whether the client asked for this 304 itself."""
        if not self._wants.conditional or self._forward.again:
            return False
        etag = etag_of(head.fields)
        return not self._forward.validates or (etag is not None and lists(self._wants, etag))

    def _stale(self, status: int | None) -> ServeStale | None:
        """The stale response that may be used in place of this error: where it or the request says stale-if-error (RFC
        5861, 4), and nothing forbids it. Without permission, no stale one is used, also when nobody answers: RFC 9111,
        4.2.4, would allow that."""
        chosen = next(iter(self._forward.candidates), None)
        if chosen is None or chosen.terms.validate or chosen.terms.never_stale or self._wants.no_cache:
            return None
        if chosen.status in ERRORS:
            return None
        left = chosen.left(self._now)
        window = max(chosen.terms.if_error, self._wants.stale_if_error())
        if not window or -left > window:
            return None
        said = self._said(status=status, ttl=left, detail="stale-if-error")
        made = answer(self._wants, chosen, self._now, said, age=chosen.age(self._now), stale=left <= 0)
        return ServeStale("stale-if-error", made)

    def _said(
        self, *, status: int | None = None, ttl: float | None = None, stored: bool | None = None, detail: str = ""
    ) -> bytes:
        return forwarded(
            self._policy.name, self._forward.why, self._key, status=status, ttl=ttl, stored=stored, detail=detail
        )
