"""What the engine is told, and what it answers: values only.

Times are seconds. Everything is bytes as it came, except where a value says otherwise. What every decision makes is a
NamedTuple: those are made in a quarter of the time.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lab.gateways.reference.cache.engine.metadata import Metadata
from lab.h1 import Field, Fields

_FORM = 1  # of what `pack` writes: another form is not read


class Instant(NamedTuple):
    """A moment, on two clocks: seconds since 1970, to compare with dates; and seconds of a clock that nobody sets,
    to count how long a response has been in the store."""

    wall: float
    steady: float


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator of a cache chooses; the rest is RFC 9111.

    name                in Cache-Status, a token
    targets             names of targeted fields, the one to obey first at the front (RFC 9213, 2.2)
    heuristic_fraction  of the time since Last-Modified for which a response without explicit freshness is fresh
    heuristic_maximum   seconds, the most that this may come to
    """

    name: str
    targets: tuple[str, ...] = ()
    heuristic_fraction: float = 0.1
    heuristic_maximum: float = 86_400.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The client's request as the cache reads it.

    method, target   as they came; the target in origin-form
    secure           whether it came over TLS
    authority        host and port that it was asked of
    """

    method: bytes
    target: bytes
    secure: bool
    authority: bytes
    fields: Fields
    has_content: bool = False


class Terms(NamedTuple):
    """What a response allows, as its field lines and the policy have it when it is stored.

    lifetime         seconds for which it is fresh (RFC 9111, 4.2.1); zero or less: never
    heuristic        whether that is an estimate (4.2.2)
    validate         no use without validation: no-cache (5.2.2.4)
    never_stale      no use when stale without validation: must-revalidate, proxy-revalidate, s-maxage
    while_validating seconds past its lifetime in which it may be used while it is validated (RFC 5861, 3)
    if_error         seconds past its lifetime in which it may be used in place of an error (RFC 5861, 4)
    """

    lifetime: float = 0.0
    heuristic: bool = False
    validate: bool = False
    never_stale: bool = False
    while_validating: float = 0.0
    if_error: float = 0.0


@dataclass(frozen=True)
class Stored:
    """A stored response without its content.

    key          of the requests that it may answer (RFC 9111, 2)
    status, reason, version   of its status line; the version is for Via
    fields       its end-to-end field lines, a missing Date appended; without Age and Content-Length, which every
                 answer gets anew
    received_at  when its header section was complete
    initial_age  its age at that moment (RFC 9111, 4.2.3: corrected_initial_age)
    terms        for how long, and how, it may be used
    selecting    names of Vary in lower case, each with the normalised value in the request that got it, None where
                 that had no such field (RFC 9111, 4.1)
    ident        names its content in the store, which gives this name; empty until then
    length       octets of its content, and
    trailers     its trailer fields, kept apart from the header section (3.1): known when the content is complete
    """

    key: bytes
    status: int
    reason: bytes
    version: bytes
    fields: Fields
    received_at: Instant
    initial_age: float
    terms: Terms
    selecting: tuple[tuple[bytes, bytes | None], ...] = ()
    ident: str = ""
    length: int = 0
    trailers: Fields = field(default_factory=Fields)

    @cached_property
    def metadata(self) -> Metadata:
        """What its field lines say of its representation."""
        return Metadata(self.fields, self.received_at.wall)

    def age(self, now: Instant) -> float:
        """Its current age (RFC 9111, 4.2.3); time that runs backwards does not make it younger than it came."""
        return self.initial_age + max(0.0, now.steady - self.received_at.steady)

    def left(self, now: Instant) -> float:
        """For how many more seconds it is fresh; zero or less: it is stale."""
        return self.terms.lifetime - self.age(now)

    def pack(self) -> bytes:
        """All of it as octets, for a store that outlives the process."""
        whole = (
            _FORM, _text(self.key), self.status, _text(self.reason), _text(self.version), _lines(self.fields),
            self.received_at, self.initial_age, self.terms,
            [(_text(name), None if value is None else _text(value)) for name, value in self.selecting],
            self.ident, self.length, _lines(self.trailers),
        )  # fmt: skip
        return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, packed: bytes, steady: Callable[[float], float] = lambda wall: wall) -> "Stored":
        """What `pack` made of it. Raises ValueError where these are no such octets.

        `steady`: what the steady clock said at a moment of the wall clock. That of another process means nothing here.
        """
        try:
            form, key, status, reason, version, fields, received, age, terms, selecting, ident, length, trailers = (
                json.loads(packed)
            )
            if form != _FORM:
                raise ValueError(f"a stored response in form {form}, not {_FORM}")
            return cls(
                _octets(key), int(status), _octets(reason), _octets(version), _fields(fields),
                Instant(float(received[0]), float(steady(received[0]))), float(age), Terms(*terms),
                tuple((_octets(name), None if value is None else _octets(value)) for name, value in selecting),
                str(ident), int(length), _fields(trailers),
            )  # fmt: skip
        except (TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
            raise ValueError(f"no stored response: {error}") from error


def _text(octets: bytes) -> str:
    return octets.decode("latin-1")


def _octets(text: str) -> bytes:
    return text.encode("latin-1")


def _lines(fields: Fields) -> list[tuple[str, str]]:
    return [(_text(name), _text(value)) for name, value in fields]


def _fields(lines: list[tuple[str, str]]) -> Fields:
    return Fields(Field(_octets(name), _octets(value)) for name, value in lines)


class FromStore(NamedTuple):
    """An answer made from a stored response, or from its header section alone.

    status   of the stored response, or 304, 206 or 416
    reason   the phrase for it
    fields   all but Via: with Age and Cache-Status
    content  which octets of the stored content to send; empty for a 304, a 416 and an answer to HEAD
    cache_status   the member of Cache-Status, which stands in `fields` too
    stale    whether it is past its freshness, and was not validated
    """

    stored: Stored
    status: int
    reason: bytes
    fields: Fields
    content: range
    cache_status: bytes
    stale: bool = False


class Forward(NamedTuple):
    """Ask the upstream.

    why          the `fwd` token of Cache-Status (RFC 9211, 2.2)
    method       to ask with
    fields       to ask with: the client's, but for the conditions where they are the store's
    candidates   the stored responses that this request could be answered with, were they fresh (RFC 9111, 4.3.4)
    validates    those of which a validator is sent
    collapse     whether one answer may serve other requests that wait for the same
    stores       whether the answer may be stored, should it allow that itself
    again        whether it is the second attempt, without a condition
    """

    why: str
    method: bytes
    fields: Fields
    candidates: tuple[Stored, ...] = ()
    validates: tuple[Stored, ...] = ()
    collapse: bool = False
    stores: bool = False
    again: bool = False


class Serve(NamedTuple):
    """Answer from the store. `revalidate`: and ask this in the background (stale-while-revalidate)."""

    answer: FromStore
    revalidate: Forward | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an error, without asking: 504 for only-if-cached (RFC 9111, 5.2.1.7). `why`: in words."""

    status: int
    why: str


Decision = Serve | Forward | Refuse


@dataclass(frozen=True, slots=True)
class Relay:
    """Send the upstream's response on.

    reason       in words
    cache_status the member of Cache-Status to append to it
    store        store it while it streams, under these terms; final only when its content is complete
    replaces     the stored responses to remove then, when it is complete
    updates      stored responses to change at once, old and new: after HEAD (RFC 9111, 4.3.5), or as outdated
    invalidates  keys whose stored responses are to be removed at once (4.4), before anything is stored
    """

    reason: str
    cache_status: bytes
    store: Stored | None = None
    replaces: tuple[Stored, ...] = ()
    updates: tuple[tuple[Stored, Stored], ...] = ()
    invalidates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Validated:
    """A 304: update these stored responses, old and new, and answer. `answer` None: relay the 304 itself, with this
    `cache_status`."""

    reason: str
    cache_status: bytes
    updates: tuple[tuple[Stored, Stored], ...] = ()
    answer: FromStore | None = None


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Nobody can be answered with this: ask once more, without a condition."""

    reason: str
    forward: Forward


@dataclass(frozen=True, slots=True)
class ServeStale:
    """Answer with a stale response in place of the error, whose response, where there is one, is discarded."""

    reason: str
    answer: FromStore


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer with the gateway's own error. `status`: in place of the one that fits the failure; None: that one."""

    reason: str
    status: int | None = None


Reaction = Relay | Validated | AskAgain | ServeStale | Fail
