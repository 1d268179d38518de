"""Requests, responses and moments, written shortly."""

from dataclasses import replace

from lab.gateways.reference.cache.engine import Asked, Engine, Forward, Instant, Policy, Relay, Serve, Stored
from lab.h1 import Field, Fields, Framing, FramingKind, Head
from lab.rfc import RFC
from lab.semantics.dates import http_date

EPOCH = 1_800_000_000.0
CONTENT = 10  # octets of every stored content


def at(seconds: float) -> Instant:
    return Instant(EPOCH + seconds, 1_000.0 + seconds)


def date(seconds: float) -> str:
    return http_date(EPOCH + seconds)


def lines(text: str) -> Fields:
    """Field lines, one a line of text."""
    pairs = (line.strip().partition(":") for line in text.splitlines() if line.strip())
    return Fields(Field(name.encode("latin-1"), value.strip().encode("latin-1")) for name, _, value in pairs)


def get(fields: str = "", method: bytes = b"GET", target: bytes = b"/") -> Asked:
    return Asked(method, target, False, b"example.com", lines(fields))


def response(fields: str = "", status: int = 200) -> Head:
    """A response; without a Date of its own, that of the moment 0."""
    given = lines(fields)
    dated = given if given.has(b"date") else Fields((*given, Field(b"Date", date(0).encode())))
    return Head(b"1.1", dated, Framing(FramingKind.NONE, RFC(9112, "6.3")), 0, b"", status=status, reason=b"As It Is")


class Cache:
    """An engine and a naive store in memory, in which each content has as many octets."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.engine = Engine(policy or Policy("cache"))
        self.stored: list[Stored] = []

    def fill(self, fields: str, request: str = "", status: int = 200, when: float = 0) -> Stored | None:
        """Ask for it, and store what comes where that may be stored."""
        asked = get(request)
        reaction = self.answer(asked, self.forward(asked, when), response(fields, status), when)
        return self.stored[-1] if isinstance(reaction, Relay) and reaction.store else None

    def decide(self, asked: Asked, when: float) -> object:
        return self.engine.decide(asked, [each for each in self.stored if each.key == self.engine.key(asked)], at(when))

    def forward(self, asked: Asked, when: float) -> Forward:
        decision = self.decide(asked, when)
        assert isinstance(decision, Forward), decision
        return decision

    def serve(self, asked: Asked, when: float) -> Serve:
        decision = self.decide(asked, when)
        assert isinstance(decision, Serve), decision
        return decision

    def answer(self, asked: Asked, forward: Forward, head: Head, when: float) -> object:
        """What the engine makes of this response, done to the store."""
        reaction = self.engine.answered(asked, forward, head, at(when), at(when))
        removed = [*getattr(reaction, "replaces", ())]
        for old, new in getattr(reaction, "updates", ()):
            self.stored[self.stored.index(old)] = new
        self.stored = [each for each in self.stored if each not in removed]
        self.stored = [each for each in self.stored if each.key not in getattr(reaction, "invalidates", ())]
        if isinstance(reaction, Relay) and reaction.store is not None:
            self.stored.append(replace(reaction.store, ident=f"content {when}", length=CONTENT))
        return reaction
