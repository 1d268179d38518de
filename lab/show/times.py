"""The stages of a performance as rows in words and numbers: what a waterfall shows, drawn or in characters."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from lab.outcome.stages import Connection, Doing, How, Phase, Stage, stages
from lab.show.text.messages import Mark, marked_steps
from lab.show.text.statuses import counted
from lab.transcript import CLIENT_HOP, What
from lab.verdict import Judgement

MOST = 40
"""Exchanges that are told; of more, the first and the last."""

_NO_NEED = (Doing.NOT_NEEDED, Doing.REUSED)
_WORTH = 200
"""A silence that is a smaller part of the whole than one of so many is only the moment before an end."""

SAYS = {
    Doing.NOT_NEEDED: "not needed",
    Doing.REUSED: "reused",
    Doing.CONNECT: "connect",
    Doing.REFUSED: "refused",
    Doing.NO_ANSWER: "no answer",
    Doing.FAILED: "fails",
    Doing.TLS: "TLS",
    Doing.SENDING: "sending",
    Doing.WAITING: "waiting",
    Doing.INTERIM: "interim",
    Doing.RECEIVING: "receiving",
    Doing.TUNNEL: "tunnel",
    Doing.SURPLUS: "surplus",
    Doing.SILENCE: "silence",
}


@dataclass(frozen=True)
class Row:
    """One phase. `stage` stands in the first row of a stage only; `unseen`: it took place at some time between."""

    stage: Stage
    first: bool
    phase: Phase
    took: str
    unseen: bool = False

    @property
    def doing(self) -> str:
        return SAYS[self.phase.name]

    @property
    def instant(self) -> bool:
        """Whether nothing is known of a length."""
        return self.phase.begin == self.phase.end

    @property
    def empty(self) -> bool:
        """Whether there was nothing to do."""
        return self.phase.name in _NO_NEED


@dataclass(frozen=True)
class Marked:
    """Where a marked step took effect, in nanoseconds (None: nobody saw), with its sign and its sentence."""

    at: int | None
    mark: Mark
    says: str


@dataclass(frozen=True)
class Block:
    """One exchange on one connection. `who`: which connection; `asks`: what was asked; `ended`: how it ended."""

    hop: int
    act: int
    who: str
    asks: str
    ended: str
    complete: bool
    rows: tuple[Row, ...]
    marks: tuple[Marked, ...]

    @property
    def said(self) -> tuple[tuple[Marked, ...], ...]:
        """The marks, those with the same sentence together: a step may be marked each time that it is repeated."""
        groups: dict[tuple[Mark, str], list[Marked]] = {}
        for each in self.marks:
            groups.setdefault((each.mark, each.says), []).append(each)
        return tuple(map(tuple, groups.values()))


@dataclass(frozen=True)
class Times:
    """The whole, in nanoseconds since the performance began. `left_out`: how many exchanges are not told, which stand
    after the block of the number `gap`."""

    begin: int
    end: int
    blocks: tuple[Block, ...]
    left_out: int = 0
    gap: int = 0

    @property
    def length(self) -> int:
        return max(self.end - self.begin, 1)


def times(judgement: Judgement, most: int = MOST) -> Times:
    """The stages of a performance, of at most so many exchanges."""
    found = stages(judgement.transcript)
    if not found:
        return Times(0, max(judgement.transcript.elapsed, 1), ())
    begin, end = min(each.begin for each in found), max(each.end for each in found)
    kept = found if len(found) <= most else (*found[: most - most // 3], *found[-(most // 3) :])
    several = len({(each.hop, each.peer, each.number) for each in found}) > 2
    marks = _marks(judgement, found)
    blocks = tuple(_block(each, judgement, marks[id(each)], end - begin, several=several) for each in kept)
    return Times(begin, end, blocks, len(found) - len(kept), most - most // 3)


def lasted(nanoseconds: int) -> str:
    """`0.35 ms`, `12.3 ms`, `253 ms`, `2.50 s`: three digits."""
    milliseconds = nanoseconds / 1e6
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.2f} s"
    return f"{milliseconds:.{2 if milliseconds < 10 else 1 if milliseconds < 100 else 0}f} ms"


def at(nanoseconds: int) -> str:
    """A time since the performance began, as the transcript writes it."""
    return f"{nanoseconds / 1e6:.1f}"


def ticks(whole: Times, most: int) -> list[int]:
    """Round times between begin and end, at most so many and one more."""
    steps = (number * 10**power for power in count(3) for number in (1, 2, 5))
    step = next(step for step in steps if whole.length <= step * most)
    return [number * step for number in range(-(-whole.begin // step), whole.end // step + 1)]


def _block(each: Connection, judgement: Judgement, marks: list[Marked], whole: int, *, several: bool) -> Block:
    return Block(
        each.hop, each.act, _who(each, numbered=several), _asks(each, judgement), ended_words(each),
        each.ending.how is How.COMPLETE, tuple(_rows(each, judgement, whole)), tuple(marks),
    )  # fmt: skip


def _rows(each: Connection, judgement: Judgement, whole: int) -> Iterator[Row]:
    before: Stage | None = None
    for phase in each.phases:
        if phase.name is Doing.SILENCE and phase.length * _WORTH < whole:
            continue
        unseen = each.number == 0 and each.hop != CLIENT_HOP and phase.stage is Stage.CONNECTION
        if unseen:
            phase = replace(phase, begin=_earliest(each, judgement))
        yield Row(phase.stage, phase.stage is not before, phase, _took(phase, unseen=unseen), unseen)
        before = phase.stage


def _earliest(each: Connection, judgement: Judgement) -> int:
    """When the client's first octets of the act were sent: before that, no gateway tries to connect for it."""
    of_act = judgement.transcript.on(CLIENT_HOP, act=each.act)
    return next((event.at for event in of_act if event.what is What.SENT), each.begin)


def _took(phase: Phase, *, unseen: bool) -> str:
    if phase.name in _NO_NEED:
        return ""
    if unseen:
        return "when is unseen"
    return lasted(phase.length) if phase.length else f"at {at(phase.begin)} ms"


def _who(each: Connection, *, numbered: bool) -> str:
    side = "client connection" if each.hop == CLIENT_HOP else "upstream connection"
    if each.hop > 1:
        side = f"connection behind gateway {each.hop}"
    peer = f" to upstream {each.peer}" if each.peer > 1 else ""
    number = f" {each.number}" if numbered and each.number else ""
    stream = f", stream {each.stream}" if each.stream else ""
    return f"{side}{number}{peer}{stream}"


def _asks(each: Connection, judgement: Judgement) -> str:
    transcript = judgement.transcript
    if each.hop == CLIENT_HOP:
        asked = (f"{a.method} {a.target}" for a in transcript.asked if (a.act, a.request) == (each.act, each.request))
        return next(asked, "").strip()
    for event in transcript.on(each.hop):
        same = event.what is What.REQUEST and (event.peer, event.connection) == (each.peer, each.number)
        if same and each.begin <= event.at <= each.end:
            return event.detail
    return ""


def _marks(judgement: Judgement, found: tuple[Connection, ...]) -> dict[int, list[Marked]]:
    """What took effect, by the identity of the exchange that had begun last on its connection."""
    kept: dict[int, list[Marked]] = {id(each): [] for each in found}
    delivered = [event for event in judgement.transcript.events if event.what is What.DELIVERED]
    steps = marked_steps(judgement.case) if delivered else {}
    for event in delivered:
        on = (event.hop, event.peer, event.connection)
        begun = [each for each in found if (each.hop, each.peer, each.number) == on and each.begin <= event.at]
        if begun:
            mark = Mark.WATCH if event.detail in steps and steps[event.detail].watch else Mark.WRONG
            at = min(event.at, begun[-1].end) if event.connection else None
            kept[id(begun[-1])].append(Marked(at, mark, event.detail))
    return kept


_BROKE = {
    How.CLOSED: "closed (FIN)",
    How.ALERT: "closed (closure alert)",
    How.RESET: "broken off (RST)",
    How.STREAM: "stream given up",
}


def ended_words(each: Connection) -> str:
    """How an exchange ended, in a few words."""
    ended = each.ending
    by = f" by the {ended.by}" if ended.by else ""
    match ended.how:
        case How.COMPLETE:
            return "complete"
        case How.TUNNEL:
            return "a tunnel, still open"
        case How.NO_CONNECTION:
            return "no connection"
        case How.TLS_FAILED:
            return "the TLS handshake failed"
        case How.DEADLINE:
            return "nothing more until the client gave up"
        case How.OPEN:
            return "not at its end when all was over"
    code = f", {ended.says}" if ended.how is How.STREAM and ended.says else ""
    return f"{_BROKE[ended.how]}{by}{code}"


def in_words(whole: Times) -> str:
    """Everything in sentences, for those who see no picture."""
    said = []
    for block in whole.blocks:
        phases = ", ".join(f"{row.stage} {row.doing} {row.took}".rstrip() for row in block.rows)
        said.append(f"{block.who}{f', {block.asks}' if block.asks else ''}: {phases}; {block.ended}.")
    more = f" {counted(whole.left_out, 'exchange')} left out." if whole.left_out else ""
    return " ".join(said) + more
