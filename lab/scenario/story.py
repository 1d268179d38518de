"""A scenario as its author writes it: parties, acts, one fault, and what a gateway may be seen to do with it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from lab.expect import Expectation
from lab.script import Event, Mistake, Request, Script, Upstream, Where, peers, written_here

NEEDS = {
    "reuse": "keeps upstream connections open and uses them again",
    "cache": "stores responses, with nothing in its store at the beginning",
    "targeted": "stores responses, and obeys the field CDN-Cache-Control rather than Cache-Control",
    "streams-upload": "sends the request's content on while it arrives",
    "tls": "speaks TLS to the upstream and checks its certificate",
    "client-tls": "speaks TLS to the client",
    "client-certificate": "can show the upstream a certificate of its own",
    "several-upstreams": "can be given more than one upstream",
    "interim": "asks its upstream in HTTP/1.1, so that it may be sent interim responses",
    "upgrade": "relays a switch of protocols",
    "trailers": "relays trailer fields",
    "unix": "can reach an upstream over a Unix socket",
    "permissions": "runs as a user whom the permissions of a file can stop, as they cannot stop root",
    "ipv6": "reaches addresses of IPv6 and of IPv4 on its own machine",
    "known-name": "is set up to call itself gateway.test in Via, and looks for that name there",
    "marks-down": "is set up to leave an upstream alone after its first failure",
    "one-connection": "is set up to have one upstream connection at a time and no more",
    "one-local-port": "is set up to connect to its upstream from one local port alone",
    "proxy-v1": "is set up to begin its upstream connections with a line of the PROXY protocol",
    "proxy-v2": "is set up to begin its upstream connections with a preamble of the PROXY protocol in bytes",
    "h2": "speaks HTTP/2 to the client",
    "h2-upstream": "speaks HTTP/2 to the upstream",
    "clock": "takes its clock from the scenario",
}
"""What a gateway may lack; a scenario that needs it does not apply there. Where a word says how it is set up, it
is set up so for this scenario alone."""


@dataclass(frozen=True, init=False)
class Together:
    """Several requests at the same time, each on a client connection of its own; those over HTTP/2 share one, a stream
    each.

    The constructor also takes `clients=`, so that `dataclasses.replace` works.
    """

    clients: tuple[Request | Script, ...]

    def __init__(self, *given: Request | Script, clients: Iterable[Request | Script] = ()) -> None:
        clients = given or tuple(clients)
        if len(clients) < 2:
            raise Mistake("Together() takes two requests or more", written_here())
        for client in clients:
            _is("Together()", client, (Request, Iterable, Callable), "requests or scripts", written_here())
        object.__setattr__(self, "clients", clients)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One request (or several together) and what goes with it.

    `upstream=None`: the peers go on as before. `reuse`: on the client connection of the act before. `clock`: what the
    gateway's clock says, in seconds since the first act. `until`: the act ends only when this has happened, too.
    """

    client: Request | Script | Together
    upstream: Upstream | None = None
    expect: Sequence[Expectation] = ()
    reuse: bool = False
    clock: float | None = None
    until: Event | None = None
    where: Where = field(default_factory=written_here, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expect", _expectations(self.expect, self.where))
        if self.upstream is not None:
            peers(self.upstream, self.where)
        if isinstance(self.client, str):
            raise Mistake(f"client= takes a request or a script: write Get({self.client!r})", self.where)
        if isinstance(self.client, bytes):
            raise Mistake("client= takes a request or a script: bytes are sent by [Send(b'...')]", self.where)
        _is("client=", self.client, (Request, Together, Iterable, Callable), "a request or a script", self.where)
        _is("reuse=", self.reuse, bool, "True or False", self.where)
        _is("clock=", self.clock, (int, float, NoneType), "seconds", self.where)
        _is("until=", self.until, (Event, NoneType), "an event such as UpstreamSees(b'...')", self.where)

    def clients(self) -> tuple[Request | Script, ...]:
        return self.client.clients if isinstance(self.client, Together) else (self.client,)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One story of one fault. The catalogue adds `address`, `title` and `story` (from the file's path and docstring).

    `lesson`: what one takes home. `guess`: what to ask before. `reports`: the RFC 9209 error types that would name the
    fault; none: nothing is wrong. `cause`: the row in the list of real-world causes. `level`: 1 to 3. `vary`: variants
    by name; `upstream` (or `client`, or `acts`) is then a function of the variant's value. `unseen`: why the reader of
    bytes cannot see this fault in what the upstream sends (a fault of meaning, not of form).
    """

    lesson: str
    guess: str
    client: Any = None
    upstream: Any = None
    expect: Iterable[Expectation] = ()
    acts: Any = ()
    reports: Iterable[str] = ()
    cause: str = ""
    level: int = 1
    needs: Iterable[str] = ()
    vary: Mapping[str, Any] | None = None
    unseen: str = ""
    address: str = ""
    title: str = ""
    story: str = ""
    where: Where = field(default_factory=written_here, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("lesson", "guess"):
            text = getattr(self, name)
            if not isinstance(text, str) or not text.strip():
                raise Mistake(f"{name}= takes a sentence, not {text!r}", self.where)
        for name in ("reports", "needs"):
            given = getattr(self, name)
            if isinstance(given, str):
                raise Mistake(f"{name}= takes a list, not text: write {name}=[{given!r}]", self.where)
            if not isinstance(given, Collection) or not all(isinstance(word, str) for word in given):
                raise Mistake(f"{name}= takes a list of words, not {given!r}", self.where)
        for name in ("cause", "unseen"):
            _is(f"{name}=", getattr(self, name), str, "text", self.where)
        self._check_variants()
        object.__setattr__(self, "reports", tuple(self.reports))
        object.__setattr__(self, "needs", frozenset(self.needs))
        object.__setattr__(self, "expect", _expectations(self.expect, self.where))
        if self.acts and (self.client is not None or self.upstream is not None or self.expect):
            raise Mistake("acts= and client=, upstream=, expect= exclude each other: each act has its own", self.where)
        if not self.acts and (self.client is None or self.upstream is None):
            raise Mistake("a scenario needs client= and upstream=, or acts=", self.where)

    def _check_variants(self) -> None:
        if self.vary is None:
            return
        if not isinstance(self.vary, Mapping) or not all(isinstance(name, str) and name for name in self.vary):
            raise Mistake(f"vary= takes a dict from the variants' names to their values, not {self.vary!r}", self.where)
        if len(self.vary) < 2:
            raise Mistake("vary= takes two variants or more: of one there is nothing to vary", self.where)

    @property
    def chapter(self) -> str:
        return self.address.partition("/")[0]

    @property
    def variants(self) -> tuple[str, ...]:
        """The names of the variants; one empty name where nothing varies."""
        return tuple(self.vary) if self.vary else ("",)

    def acts_of(self, variant: str = "") -> tuple[Act, ...]:
        """The acts of one variant, as written; the one-act form is one act."""
        if self.acts:
            acts = self._chosen(self.acts, variant)
            if not isinstance(acts, list | tuple) or not acts or not all(isinstance(act, Act) for act in acts):
                raise Mistake(f"acts= takes a list of Act(...), not {acts!r}", self.where)
            return tuple(acts)
        client, upstream = self._chosen(self.client, variant), self._chosen(self.upstream, variant)
        return (Act(client=client, upstream=upstream, expect=tuple(self.expect), where=self.where),)

    def _chosen(self, given: Any, variant: str) -> Any:
        if self.vary is None or not takes_one_value(given):
            return given
        if variant not in self.vary:
            raise KeyError(f"{self.address or 'this scenario'} has no variant {variant!r}: {', '.join(self.vary)}")
        return given(self.vary[variant])


def takes_one_value(given: object) -> bool:
    """Whether this is a function of the varied value, rather than a script that reacts (which takes none)."""
    code = getattr(given, "__code__", None)
    return isinstance(given, Callable) and code is not None and code.co_argcount == 1  # type: ignore[arg-type]


def _is(what: str, given: object, kinds: Any, says: str, where: Where) -> None:
    if not isinstance(given, kinds) or isinstance(given, type) or (isinstance(given, str) and kinds is not str):
        raise Mistake(f"{what} takes {says}, not {given!r}", where)


def _expectations(given: object, where: Where) -> tuple[Expectation, ...]:
    items = tuple(given) if isinstance(given, list | tuple) else (given,)
    for item in items:
        if not isinstance(item, Expectation):
            raise Mistake(f"expect= takes a list of expectations such as Question(...), not {item!r}", where)
    return items


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A lesson: the title, goals and text of one folder of scenarios, and their order."""

    title: str
    goals: tuple[str, ...]
    text: str
    order: tuple[str, ...]
    where: Where = field(default_factory=written_here, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "goals", tuple(self.goals))
        object.__setattr__(self, "order", tuple(self.order))
        for name in ("title", "text"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name).strip():
                raise Mistake(f"{name}= of a chapter takes text", self.where)
