"""From a performance to the rows of its diagram, in order: what is drawn, between which lanes, in which words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lab import h1
from lab.outcome.stages import Stage
from lab.show.changes import Changes, changes
from lab.show.escape import octets
from lab.show.svg.abridged import Left, abridged
from lab.show.svg.openings import with_openings
from lab.show.svg.store import Moment, Stored, store_part
from lab.show.svg.under import Under, changes_under, octets_under
from lab.show.text.in_short import TUNNEL
from lab.show.text.messages import Mark, Message, Way, Words, is_idle, marked_steps, whole_acts, wordless
from lab.show.text.picture import numbers_of
from lab.tls import begins_handshake
from lab.transcript import CLIENT_HOP, Event, What
from lab.verdict import Judgement


class Kind(StrEnum):
    """What a row shows. Each has a form of its own, so that no colour is needed to tell them apart."""

    ACT = "act"  # a line across: the next request, and what the clock says
    OPENED = "opened"  # a connection is there
    SECURED = "secured"  # TLS is up, or its handshake failed
    MESSAGE = "message"  # bytes
    FIN = "fin"
    RST = "rst"
    ALERT = "alert"
    SILENCE = "silence"
    DEADLINE = "deadline"
    REFUSED = "refused"
    NO_ANSWER = "no answer"  # to the attempt to connect
    STORE = "store"
    HERE = "here"  # a mark that took effect without anything to be seen on the wire
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Row:
    """One row. `hop`, `way`: between which parties, as in `lab.show.text.messages`. `at`: nanoseconds since the
    performance began, None where nobody saw when. `number`: of the request that it begins, where there are several.
    `says`: what its mark says, where that was not said before.
    `quiet`: it says nothing that one has to know. `top`, `high`: where it stands, in pixels (`lab.show.svg.layout`)."""

    kind: Kind
    hop: int
    way: Way
    text: str
    at: int | None
    act: int = 1
    peer: int = 1
    connection: int = 0
    request: int = 0
    number: int = 0
    under: tuple[Under, ...] = ()
    mark: Mark | None = None
    says: str = ""
    stage: Stage | None = None
    quiet: bool = False
    left_out: int = 0
    until: int = 0
    top: float = 0
    high: float = 0


_KINDS = {
    What.SENT: Kind.MESSAGE,
    What.RECEIVED: Kind.MESSAGE,
    What.CLOSED: Kind.FIN,
    What.ENDED: Kind.FIN,
    What.RESET: Kind.RST,
    What.BROKEN: Kind.RST,
    What.ALERT_SENT: Kind.ALERT,
    What.ALERT_RECEIVED: Kind.ALERT,
    What.STALLED: Kind.SILENCE,
    What.DEADLINE: Kind.DEADLINE,
    What.REFUSED: Kind.REFUSED,
    What.FAILED: Kind.REFUSED,
    What.SECURED: Kind.SECURED,
    What.HANDSHAKE_FAILED: Kind.SECURED,
    What.DELIVERED: Kind.HERE,
}


def rows(judgement: Judgement) -> tuple[Row, ...]:
    """All rows, from the first to the last; of very many, those that matter, and how many are left out between."""
    return tuple(_Rows(judgement).all())


class _Rows:
    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._words = Words(judgement.transcript)
        self._whole = whole_acts(judgement)
        self._marked = marked_steps(judgement.case)
        self._numbers = numbers_of(judgement)
        self._acts = judgement.case.acts()
        self._stored: list[Stored] = list(store_part(judgement))
        self._changes: dict[tuple[int, int], Changes] = {}
        self._begun: set[tuple[int, int]] = set()
        self._connections = Counter((e.hop, e.peer) for e in judgement.transcript.events if e.what is What.OPENED)
        self._said: set[str] = set()
        self._tunnels: set[tuple[int, int, int]] = set()
        # by connection: whether it begins with a handshake that was taken as bytes
        self._shaking: dict[tuple[int, int, int], bool] = {}
        self._relayed: set[tuple[int, int, Stage]] = set()

    def all(self) -> Iterator[Row]:
        shown = with_openings(abridged(wordless(self._judgement)), self._judgement.transcript.events)
        act = 0
        last = {each.act: place for place, each in enumerate(shown)}
        for place, each in enumerate(shown):
            if each.act > act:
                act = each.act
                yield from self._act(act, each)
            if isinstance(each, Left):
                yield Row(Kind.LEFT_OUT, CLIENT_HOP, Way.NOWHERE, each.text, None, each.act, left_out=each.count)
            elif isinstance(each, Event):
                yield self._opened(each)
            else:
                yield from self._message(each)
            if place == last[each.act]:
                yield from self._from_store(each.act, None, tuple(Moment))

    def _act(self, act: int, first: Message | Event | Left) -> Iterator[Row]:
        if len(self._acts) < 2:
            return
        numbers = [number for (of_act, _), number in self._numbers.items() if of_act == act]
        text = f"request {numbers[0]}" if len(numbers) == 1 else f"requests {' and '.join(map(str, numbers))}, together"
        if len(numbers) > 2:
            text = f"requests {numbers[0]} to {numbers[-1]}, together"
        later = self._later(act)
        at = None if isinstance(first, Left) else first.at
        if numbers:
            yield Row(Kind.ACT, CLIENT_HOP, Way.NOWHERE, text, at, act, says=later)

    def _later(self, act: int) -> str:
        """How much later than the act before, where the story sets the clock."""
        clocks = [each.clock or 0 for each in self._acts[:act]]
        if len(clocks) < act or len(clocks) < 2 or clocks[-1] <= clocks[-2]:
            return ""
        return f"{clocks[-1] - clocks[-2]:g} s later, by the gateway's clock"

    def _opened(self, event: Event) -> Row:
        which = f" #{event.connection}" if self._several(event) else ""
        return Row(
            Kind.OPENED, event.hop, Way.RIGHT, f"connection{which}", event.at, event.act, event.peer, event.connection,
            event.request, stage=Stage.CONNECTION, quiet=True, until=event.at,
        )  # fmt: skip

    def _several(self, event: Event | Message) -> bool:
        """Whether there is more than one connection there."""
        return self._connections.get((event.hop, event.peer), 0) > 1

    def _message(self, message: Message) -> Iterator[Row]:
        asks = message.hop == CLIENT_HOP and message.way is Way.RIGHT and message.what is What.SENT
        answers = message.hop == CLIENT_HOP and message.way is Way.LEFT
        if answers or message.what is What.DEADLINE:
            yield from self._from_store(message.act, message.request, (Moment.ASKED, Moment.BACK, Moment.BEFORE))
        yield self._row(self._words.of(message))
        if asks:
            yield from self._from_store(message.act, message.request, (Moment.ASKED,))
        elif message.hop != CLIENT_HOP and message.what is What.SENT:
            yield from self._from_store(message.act, None, (Moment.BACK, Moment.BEHIND))

    def _row(self, message: Message) -> Row:
        kind = kind_of(message)
        place = message.hop, message.peer, message.connection
        if kind is Kind.MESSAGE and self._shaking.setdefault(place, begins_handshake(message.data)):
            stage: Stage | None = Stage.CONNECTION
        else:
            stage = _stage(message, kind) if place not in self._tunnels else None
        if message.text.endswith(TUNNEL):
            self._tunnels.add(place)
        key = message.act, message.request
        number = 0
        if message.hop == CLIENT_HOP and message.what is What.SENT and key not in self._begun:
            self._begun.add(key)
            number = self._numbers.get(key, 0)
        says = message.says if message.says not in self._said else ""
        self._said.add(message.says)
        unseen = kind in (Kind.REFUSED, Kind.NO_ANSWER) and not message.connection and message.hop != CLIENT_HOP
        text = message.text
        if message.ending and not message.stream and self._several(message):
            text = f"#{message.connection} {text}"
        elif stage is Stage.RESPONSE and message.hop == CLIENT_HOP and self._together(message):
            text = f"to request {self._numbers[key]}: {text}"
        return Row(
            kind, message.hop, message.way, text, None if unseen else message.at, message.act, message.peer,
            message.connection, message.request, number, self._under(message, kind, stage), message.mark, says,
            stage, is_idle(message, self._whole), until=message.until,
        )  # fmt: skip

    def _together(self, message: Message) -> bool:
        """Whether nothing but its number says which request of several it answers."""
        known = message.stream is None and (message.act, message.request) in self._numbers
        return known and sum(act == message.act for act, _ in self._numbers) > 1

    def _under(self, message: Message, kind: Kind, stage: Stage | None) -> tuple[Under, ...]:
        if kind is not Kind.MESSAGE:
            return ()
        if message.mark is None and stage is not None and (direction := self._changed(message, stage)) is not None:
            return direction
        if message.mark is None and len(message.data) < 100 and message.text.endswith(f'"{octets(message.data)}"'):
            return ()  # they stand over the arrow already
        return octets_under(message, self._marked.get(message.says))

    def _changed(self, message: Message, stage: Stage) -> tuple[Under, ...] | None:
        """The diff, once for each direction, at the message that came out on the other side of the gateway."""
        if message.what is not What.RECEIVED:
            return None
        request = message.request if message.hop == CLIENT_HOP else self._one_request(message.act)
        if not request or (message.hop == CLIENT_HOP) is not (stage is Stage.RESPONSE):
            return None
        found = self._changes_of(message.act, request)
        if found is None or (stage is Stage.RESPONSE and not _begins_final(message)):
            return None
        direction = found.response if stage is Stage.RESPONSE else found.request
        place = (direction.peer, direction.connection)
        elsewhere = message.hop != CLIENT_HOP and place != (message.peer, message.connection)
        if not direction.compared or elsewhere or not direction.connection:
            return None
        if (message.act, request, stage) in self._relayed:
            return None
        self._relayed.add((message.act, request, stage))
        return changes_under(direction)

    def _one_request(self, act: int) -> int:
        """The request of an act in which there is only one: else nothing says to which an upstream request belongs."""
        found = [each.asked.request for each in self._judgement.of_act(act)]
        return found[0] if len(found) == 1 else 0

    def _changes_of(self, act: int, request: int) -> Changes | None:
        """None where this was not asked: an event of a file that was edited by hand may say anything."""
        exchange = next((each for each in self._judgement.of_act(act) if each.asked.request == request), None)
        if exchange is not None and (act, request) not in self._changes:
            found = changes(self._judgement.transcript, exchange.asked, exchange.facts.made_by)
            self._changes[act, request] = found
        return self._changes.get((act, request))

    def _from_store(self, act: int, request: int | None, moments: Sequence[Moment]) -> Iterator[Row]:
        """What the store has done by now. `request`: None means of any."""
        due = [
            each
            for each in self._stored
            if each.act == act and each.moment in moments and request in (None, each.request)
        ]
        for each in due:
            self._stored.remove(each)
            way = Way.RIGHT if each.into else Way.LEFT
            yield Row(Kind.STORE, CLIENT_HOP, way, each.text, None, each.act, request=each.request)


def kind_of(message: Message) -> Kind:
    """How a message is drawn."""
    if message.what is What.STALLED and message.way is Way.REFUSED:
        return Kind.NO_ANSWER
    return _KINDS.get(message.what, Kind.HERE)


def _stage(message: Message, kind: Kind) -> Stage | None:
    if kind is Kind.MESSAGE:
        return Stage.REQUEST if message.way is Way.RIGHT else Stage.RESPONSE
    if kind in (Kind.SECURED, Kind.REFUSED, Kind.NO_ANSWER):
        return Stage.CONNECTION
    return None


_FINAL = re.compile(rb"HTTP/1\.[0-9] [^1]")


def _begins_final(message: Message) -> bool:
    """Whether a final response begins in it, and not interim ones alone."""
    if message.told:
        return any(isinstance(each, h1.Head) and each.final for each in message.told)
    return _FINAL.search(message.data) is not None
