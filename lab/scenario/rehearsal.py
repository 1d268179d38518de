"""A rehearsal goes through a case's scripts with the act's own request, without a network.

So a generator too can be drawn, compared and checked before anything is performed.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from lab import h1, h2
from lab.scenario.case import Case, act_peers
from lab.scenario.story import Act
from lab.script import (
    MOST_STEPS,
    NONCE,
    AnyPeer,
    Close,
    Mistake,
    Peer,
    Placeholder,
    Receive,
    Received,
    ReceiveRequest,
    Request,
    Reset,
    Script,
    Send,
    Stall,
    Step,
    begin,
    fill,
    nonce_line,
)

SAMPLE = {NONCE: nonce_line(b"rehearsal.1.1.1"), Placeholder.STREAM: b"\x00\x00\x00\x01"}
"""What placeholders stand for in a rehearsal."""


@dataclass(frozen=True)
class Answer:
    """What a script sends after one request: bytes, and how they end (True FIN, False RST, None still open)."""

    data: bytes
    clean_end: bool | None
    steps: tuple[Step, ...]

    @property
    def marked(self) -> bool:
        return any(step.wrong is not None for step in self.steps)


@dataclass(frozen=True)
class Rehearsed:
    """The steps of one script, as they would be performed. `connection` 0: all further ones (`otherwise`).

    `method` of the act's request, and whether it asks for a switch of protocols (`upgrade`).
    """

    act: int
    peer: int
    connection: int
    steps: tuple[Step, ...]
    method: str
    upgrade: bool = False

    def answers(self) -> tuple[Answer, ...]:
        """The steps cut at each request; only answers that send or end something. Where requests are read as such, what
        is only received is the rest of one that is being answered."""
        found: list[Answer] = []
        steps: list[Step] = []
        begins: type[Step] = ReceiveRequest if any(isinstance(s, ReceiveRequest) for s in self.steps) else Receive
        for step in self.steps:
            if isinstance(step, begins) and any(isinstance(s, Send) for s in steps):
                found.append(_answer(steps))
                steps = []
            steps.append(step)
        if any(isinstance(step, Send | Close | Reset | Stall) for step in steps):
            found.append(_answer(steps))
        return tuple(found)


@dataclass(frozen=True)
class Rehearsal:
    """All the scripts of a case: the upstream's, and the client's where it has one (`peer` 0)."""

    scripts: tuple[Rehearsed, ...]
    peers: tuple[tuple[AnyPeer, ...], ...]

    def steps(self) -> tuple[Step, ...]:
        return tuple(step for script in self.scripts for step in script.steps)

    def watched(self) -> frozenset[str]:
        """What the marks say of what is legal but tricky: that it took effect is not that a fault did."""
        everything: tuple[Step | AnyPeer, ...] = (*(peer for act in self.peers for peer in act), *self.steps())
        return frozenset(each.watch for each in everything if each.watch is not None)

    def marks(self) -> tuple[Step | AnyPeer, ...]:
        """Everything marked wrong, once each, in order of appearance."""
        found: dict[object, Step | AnyPeer] = {}
        for marked in (*(peer for act in self.peers for peer in act), *self.steps()):
            if marked.wrong is not None:
                found.setdefault((marked.where, marked.wrong), marked)
        return tuple(found.values())


def rehearse(case: Case) -> Rehearsal:
    """Go through every script of a case. Raises `Mistake` with the author's line where a script cannot be played."""
    scripts: list[Rehearsed] = []
    peers: list[tuple[AnyPeer, ...]] = []
    before: tuple[AnyPeer, ...] = ()
    for number, act in enumerate(case.acts(), 1):
        clients = [(client, *_asking(client, act)) for client in act.clients()]
        request = clients[0][1]
        for client, asked, steps in clients:
            if not isinstance(client, Request):
                scripts.append(_rehearsed(number, 0, 1, steps, asked))
        before = act_peers(act) or before
        peers.append(before)
        for place, peer in enumerate(before, 1):
            if act.upstream is not None and isinstance(peer, Peer):
                scripts += _connections(number, place, peer, request, act)
    return Rehearsal(tuple(scripts), tuple(peers))


def _connections(act: int, place: int, peer: Peer, request: Received, author: Act) -> list[Rehearsed]:
    plays = peer.connections()
    numbered = [*enumerate(plays.first, 1), (0, plays.otherwise)]
    return [_rehearsed(act, place, n, _steps(script, request, author), request) for n, script in numbered]


def _rehearsed(act: int, peer: int, connection: int, steps: tuple[Step, ...], request: Received) -> Rehearsed:
    head = h1.first_request(request.raw)
    # A gateway asks in its own version, whatever its client speaks (RFC 9112, 2.3).
    switch = head is not None and replace(head, version=b"1.1").asks_to_switch
    return Rehearsed(act, peer, connection, steps, request.method.decode("latin-1"), switch)


def _asking(client: Request | Script, act: Act) -> tuple[Received, tuple[Step, ...]]:
    """The first request of a client, as the upstream would read it, and the steps of its script, if it has one."""
    if isinstance(client, Request):
        return received(client.lines()), ()
    steps = _steps(client, received(b""), act)
    return received(b"".join(fill(step.lines, SAMPLE) for step in steps if isinstance(step, Send))), steps


def _steps(script: Script, request: Received, act: Act) -> tuple[Step, ...]:
    """The steps that a script yields when it is given the act's request."""
    steps: list[Step] = []
    try:
        playing = begin(script)
        step = next(playing)
        while len(steps) < MOST_STEPS:
            if not isinstance(step, Step):
                raise Mistake(f"a script is made of steps such as Send(...), not {step!r}", act.where)
            steps.append(step)
            step = playing.send(_given(step, request))
    except StopIteration:
        return tuple(steps)
    except Mistake as mistake:
        raise mistake if mistake.where.file else Mistake(mistake.says, act.where) from None
    except (Exception, SystemExit) as error:
        where = steps[-1].where if steps else act.where
        raise Mistake(f"the script fails in its rehearsal, after this step: {error!r}", where) from error
    raise Mistake(f"the script does not end: more than {MOST_STEPS:,} steps", steps[-1].where)


def _given(step: Step, request: Received) -> Received | bytes | None:
    if isinstance(step, ReceiveRequest):
        return request
    return request.raw if isinstance(step, Receive) else None


@lru_cache(maxsize=512)
def received(wire: bytes) -> Received:
    """Read a request's bytes as far as they go; what is no request gives an empty one. Of HTTP/2 the first request is
    read, as an upstream gets it that is asked over HTTP/1.1."""
    if wire.startswith(h2.PREFACE):
        wire = _in_lines(wire)
    reader = h1.Reader("request")
    reader.feed(wire)
    head, content = None, b""
    for event in reader.events():
        if isinstance(event, h1.Head) and head is None:
            head = event
        elif isinstance(event, h1.Content):
            content += event.data
    if head is None:
        return Received(b"GET", b"/", b"1.1", (), b"", wire)
    fields = tuple((field.name.lower(), field.value) for field in head.fields)
    return Received(head.method, head.target, head.version, fields, content, wire)


def _in_lines(frames: bytes) -> bytes:
    first: int | None = None
    lines = b""
    for event in h2.Conversation().sent(frames):
        if isinstance(event, h2.OnStream) and first in (None, event.stream):
            first, lines = event.stream, lines + h2.legible(event.what)
    return lines


def _answer(steps: list[Step]) -> Answer:
    data = b"".join(fill(step.lines, SAMPLE) for step in steps if isinstance(step, Send))
    clean_end = None
    for step in steps:
        if isinstance(step, Close):
            clean_end = step.alert
        elif isinstance(step, Reset):
            clean_end = False
    return Answer(data, clean_end, tuple(steps))
