"""No sequence of requests, responses, clock jumps and failures makes the cache serve what it must not.

The oracle is naive: it remembers every response that came, with its request, and reads only what these tests generate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lab.gateways.reference.cache.engine import (
    AskAgain,
    Asked,
    Engine,
    Forward,
    FromStore,
    Instant,
    Policy,
    Refuse,
    Relay,
    Serve,
    ServeStale,
    Stored,
    Validated,
)
from lab.h1 import Field, Fields
from tests.cache_engine.speaking import EPOCH, get, lines, response

EXAMPLES = 60


@dataclass
class Came:
    """A response that came, as the oracle remembers it: `validated` is when it was last shown to be valid."""

    request: Asked
    directives: frozenset[str]
    complete: bool
    validated: float
    etag: str


@dataclass(frozen=True)
class Answer:
    """What the upstream would say next. `complete`: whether it ends as it should."""

    directives: frozenset[str]
    etag: str
    status: int
    complete: bool
    vary: bool
    age: int


@dataclass(frozen=True)
class Step:
    """A request, how long after the one before, by how much the wall clock is set meanwhile, and what answers it."""

    user: str
    method: bytes
    language: str
    wants: frozenset[str]
    condition: str
    pause: float
    jump: float
    answer: Answer | None


LIFETIMES = ["max-age=10", "max-age=10", "max-age=10", "s-maxage=10", "max-age=0", "max-age=x"]
OTHERS = [
    "no-store", "private", "no-cache", "public", "must-revalidate", "stale-if-error=5", "stale-while-revalidate=5",
    "stale-if-error=x", 'no-cache="x"',
]  # fmt: skip
DIRECTIVES = st.builds(
    lambda lifetime, others: others | {lifetime},
    st.sampled_from(LIFETIMES),
    st.frozensets(st.sampled_from(OTHERS), max_size=2),
)
ANSWERS = st.builds(
    Answer,
    directives=DIRECTIVES,
    etag=st.sampled_from(["", '"1"', '"2"', 'W/"2"', "bad"]),
    status=st.sampled_from([200, 200, 200, 200, 200, 304, 304, 404, 503, 206]),
    complete=st.sampled_from([True, True, True, False]),
    vary=st.booleans(),
    age=st.sampled_from([0, 0, 5]),
)
STEPS = st.builds(
    Step,
    user=st.sampled_from(["", "", "ann", "bob"]),
    method=st.sampled_from([b"GET"] * 6 + [b"HEAD", b"POST"]),
    language=st.sampled_from(["", "en", "de"]),
    wants=st.frozensets(
        st.sampled_from(["max-age=3", "max-stale=4", "no-cache", "no-store", "min-fresh=3"]), max_size=1
    ),
    condition=st.sampled_from(["", "", '"1"', '"2"', "*", "bad"]),
    pause=st.sampled_from([0.0, 1.0, 2.0, 6.0, 11.0, 40.0]),
    jump=st.sampled_from([0.0, 0.0, 0.0, -100_000.0, 100_000.0]),
    answer=st.one_of(st.none(), ANSWERS, ANSWERS, ANSWERS),
)


class World:
    """A cache with a naive store, and the oracle beside it. Times are those of the steady clock."""

    def __init__(self) -> None:
        self.engine = Engine(Policy("cache"))
        self.stored: list[Stored] = []
        self.came: dict[str, Came] = {}
        self.wall = EPOCH
        self.steady = 0.0

    def step(self, step: Step) -> None:
        self.steady += step.pause
        self.wall += step.pause + step.jump
        asked = request_of(step)
        decision = self.engine.decide(asked, self.stored, self.now)
        if isinstance(decision, Serve):
            self.check(asked, step, decision.answer, None)
        elif isinstance(decision, Forward):
            self.forward(asked, step, decision)
        else:
            assert isinstance(decision, Refuse)

    @property
    def now(self) -> Instant:
        return Instant(self.wall, self.steady)

    def forward(self, asked: Asked, step: Step, forward: Forward) -> None:
        if step.answer is None:
            self.react(asked, step, self.engine.failed(asked, forward, unreachable=True, now=self.now), None)
            return
        sent = replace(asked, method=forward.method, fields=forward.fields)
        reply = self.answered(asked, sent, forward, step.answer)
        if isinstance(reply, AskAgain):
            again = replace(asked, fields=reply.forward.fields)
            whole = replace(step.answer, status=200) if step.answer.status == 304 else step.answer
            reply = self.answered(asked, again, reply.forward, whole)
            assert not isinstance(reply, AskAgain)
        self.react(asked, step, reply, step.answer)

    def answered(self, asked: Asked, sent: Asked, forward: Forward, answer: Answer) -> object:
        conditional = sent.fields.has(b"if-none-match") or sent.fields.has(b"if-modified-since")
        if answer.status == 304 and not conditional:
            answer = replace(answer, status=200)
        said = ", ".join(sorted(answer.directives))
        age = f"Age: {answer.age}\n" if answer.age else ""
        vary = "Vary: Accept-Language\n" if answer.vary else ""
        head = response(f"Cache-Control: {said}\n{age}{vary}Date: x\n", answer.status)
        if answer.etag:
            head = replace(head, fields=Fields((*head.fields, Field(b"ETag", answer.etag.encode()))))
        return self.engine.answered(asked, forward, head, self.now, self.now)

    def react(self, asked: Asked, step: Step, reaction: object, answer: Answer | None) -> None:
        if isinstance(reaction, Validated):
            for old, new in reaction.updates:
                self.stored[self.stored.index(old)] = new
                assert answer is not None
                remembered = self.came[old.ident]
                kept = answer.directives if answer.directives else remembered.directives
                self.came[old.ident] = replace(
                    remembered, request=asked, directives=kept, validated=self.steady - answer.age
                )
            if reaction.answer is not None:
                self.check(asked, step, reaction.answer, answer)
        elif isinstance(reaction, ServeStale):
            self.check(asked, step, reaction.answer, answer or Answer(frozenset(), "", 502, True, False, 0))
        elif isinstance(reaction, Relay):
            assert answer is not None
            self.relay(asked, reaction, answer)

    def relay(self, asked: Asked, reaction: Relay, answer: Answer) -> None:
        self.stored = [each for each in self.stored if each.key not in reaction.invalidates]
        for old, new in reaction.updates:
            self.stored[self.stored.index(old)] = new
        if reaction.store is not None and answer.complete:
            ident = f"{len(self.came)}"
            self.stored = [each for each in self.stored if each not in reaction.replaces]
            self.stored.append(replace(reaction.store, ident=ident, length=10))
            self.came[ident] = Came(asked, answer.directives, answer.complete, self.steady - answer.age, answer.etag)

    def check(self, asked: Asked, step: Step, answer: FromStore, just: Answer | None) -> None:
        """`just`: what the upstream has just said, if it was asked."""
        came = self.came[answer.stored.ident]
        validated = just is not None and just.status == 304
        assert came.complete
        assert asked.method in (b"GET", b"HEAD")
        assert not {"no-store", "private"} & came.directives or validated
        if came.request.fields.has(b"authorization"):
            assert {"public", "must-revalidate", "s-maxage=10"} & came.directives or validated
        if answer.stored.selecting and not validated:
            assert came.request.fields.get(b"accept-language") == asked.fields.get(b"accept-language")
        if answer.status == 304:
            assert step.condition in ("*", came.etag, came.etag.removeprefix("W/"))
        if not validated:
            self.check_age(step, came, just)

    def check_age(self, step: Step, came: Came, just: Answer | None) -> None:
        age = self.steady - came.validated
        lifetime = 10 if {"max-age=10", "s-maxage=10"} & came.directives else 0
        lifetime = (
            0 if {"max-age=0", "max-age=x"} & came.directives and "s-maxage=10" not in came.directives else lifetime
        )
        past = age - lifetime
        assert "no-cache" not in came.directives
        assert "no-cache" not in step.wants
        if past < 0:
            return
        assert not {"must-revalidate", "s-maxage=10"} & came.directives
        errors = just is not None and just.status in (500, 502, 503, 504)
        windows = [4] if "max-stale=4" in step.wants else []
        windows += [5] if "stale-if-error=5" in came.directives and errors else []
        windows += [5] if "stale-while-revalidate=5" in came.directives else []
        assert windows, "nothing permits a stale answer"
        assert past <= max(windows)


def request_of(step: Step) -> Asked:
    fields = [
        f"Authorization: {step.user}" if step.user else "",
        f"Accept-Language: {step.language}" if step.language else "",
        f"Cache-Control: {', '.join(step.wants)}" if step.wants else "",
        f"If-None-Match: {step.condition}" if step.condition else "",
    ]
    return get("\n".join(fields), step.method)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=14))
def test_nothing_wrong_is_ever_served(steps: Sequence[Step]) -> None:
    world = World()
    for step in steps:
        world.step(step)


NAMES = st.sampled_from(
    ["Cache-Control", "Age", "Date", "Expires", "Last-Modified", "ETag", "Vary", "Connection", "Content-Length",
     "Content-Location", "Location", "Cache-Status", "CDN-Cache-Control", "Pragma", "Range", "If-Range",
     "If-None-Match", "If-Modified-Since", "Authorization", "Accept-Language", "Content-Range"],
)  # fmt: skip
VALUES = st.one_of(
    st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=20),
    st.sampled_from(
        ["max-age=", "no-cache=\"", "*", "\"", "W/\"", "bytes=0-", "bytes=-9999999999999999999999", "0", "-1",
         "9" * 5000, "Thu, 99 Foo 0000 00:00:00 GMT", "Thu Jan  0 00:00:00 9999", "//[",
         "http://\xff:99999999/", ",,,"],
    ),
)  # fmt: skip
FIELDS = st.lists(st.tuples(NAMES, VALUES), max_size=6).map(
    lambda pairs: Fields(Field(name.encode(), value.encode("latin-1")) for name, value in pairs)
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    FIELDS,
    FIELDS,
    FIELDS,
    st.sampled_from([0, 200, 204, 206, 304, 404, 502, 999]),
    st.sampled_from([b"GET", b"HEAD", b"POST", b""]),
    st.binary(max_size=8),
)
def test_no_field_makes_it_raise(
    request: Fields, first: Fields, second: Fields, status: int, method: bytes, target: bytes
) -> None:
    engine = Engine(Policy("cache", ("CDN-Cache-Control",)))
    head = replace(response(), fields=Fields((*lines("Cache-Control: max-age=9"), *first)))
    stored: list[Stored] = []
    for fields, reply in ((Fields(), head), (request, replace(response("", status), fields=second))):
        asked = Asked(method, b"/" + target, False, target, fields)
        for when in (Instant(EPOCH, 0.0), Instant(EPOCH - 3e9, 5.0), Instant(EPOCH + 3e9, 1e12)):
            decision = engine.decide(asked, stored, when)
            forward = (
                decision
                if isinstance(decision, Forward)
                else Forward("stale", method, fields, tuple(stored), tuple(stored))
            )
            reaction = engine.answered(asked, forward, reply, when, when)
            engine.failed(asked, forward, unreachable=True, now=when)
            if isinstance(reaction, AskAgain):
                engine.answered(asked, reaction.forward, reply, when, when)
            if isinstance(reaction, Relay) and reaction.store is not None:
                stored.append(Stored.unpack(replace(reaction.store, length=5).pack()))
