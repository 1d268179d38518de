"""What the gateway changed between its two sides: in the request on its way to the upstream, in the response on its way
back. What is compared are the octets; what they mean is not judged here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lab.outcome import Answer, Maker, facts
from lab.show.differences import Difference, Part, compared, field_lines
from lab.show.escape import octets
from lab.show.sides import Behind, behind, request_sent, response_received
from lab.show.text.statuses import counted
from lab.transcript import Asked, Transcript


@dataclass(frozen=True)
class Way:
    """One direction. `why`: why there is nothing to compare; empty where there was. `kept`: how many field lines came
    through as they were. `peer`, `connection`: the upstream connection that was looked at; `attempts`: how many times
    the request reached an upstream."""

    differences: tuple[Difference, ...] = ()
    kept: int = 0
    peer: int = 0
    connection: int = 0
    attempts: int = 0
    why: str = ""

    @property
    def compared(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Changes:
    """Both directions of one exchange."""

    request: Way
    response: Way


def changes(transcript: Transcript, asked: Asked, maker: Maker | None = None) -> Changes:
    """What the gateway changed in this exchange. `maker`: who made the answer, where that is known already."""
    reached = behind(transcript, asked)
    sent = request_sent(transcript, asked)
    mine = _for(reached, sent)
    return Changes(_request(sent, mine), _response(transcript, asked, mine or reached, maker))


def _for(reached: Iterable[Behind], sent: Answer) -> tuple[Behind, ...]:
    """Those with the target of this request, where any has it; the target of an upstream may be written in full."""
    found = tuple(reached)
    target = sent.final.target if sent.final else b""
    return tuple(each for each in found if each.target == target) or found


def _request(sent: Answer, reached: Sequence[Behind]) -> Way:
    if not reached:
        return Way(why="No request reached the upstream: there is nothing to compare with.")
    last = reached[-1]
    if last.request is None:
        same = last.received == sent.written
        why = "" if same else "What reached the upstream cannot be read as a request: there is nothing to compare with."
        return Way((), 0, last.peer, last.connection, len(reached), why)
    if sent.final is None:
        why = "What the client sent cannot be read as a request: there is nothing to compare with."
        return Way((), 0, last.peer, last.connection, len(reached), why)
    found, kept = compared(sent, last.request)
    return Way(found, kept, last.peer, last.connection, len(reached))


_NOT_THE_UPSTREAMS = {
    Maker.GATEWAY: "The gateway made the answer itself: there is nothing to compare it with.",
    Maker.STORE: "The answer came out of the store, and not from the upstream just now: there is nothing to compare.",
    Maker.NOBODY: "No answer with a status reached the client: there is nothing to compare.",
}


def _response(transcript: Transcript, asked: Asked, reached: Sequence[Behind], maker: Maker | None) -> Way:
    received = response_received(transcript, asked)
    last = next((each for each in reversed(reached) if each.sent), None)
    if last is not None and last.sent == received.written:
        kept = len(field_lines(received.final)) if received.final else 0
        return Way((), kept, last.peer, last.connection, len(reached))
    maker = facts(transcript, asked).made_by if maker is None else maker
    if maker is not Maker.UPSTREAM or last is None or last.answer is None:
        return Way(attempts=len(reached), why=_NOT_THE_UPSTREAMS.get(maker, _NOT_THE_UPSTREAMS[Maker.NOBODY]))
    if last.answer.final is None or received.final is None:
        whose = "the upstream sent" if last.answer.final is None else "the client received"
        why = f"What {whose} cannot be read as a response: there is nothing to compare."
        return Way((), 0, last.peer, last.connection, len(reached), why)
    found, kept = compared(last.answer, received)
    return Way(found, kept, last.peer, last.connection, len(reached))


class Row(NamedTuple):
    """One row of a small diff. `sign`: `-` was there, `+` is there now, `~` what a sentence says, empty: no change."""

    sign: str
    text: str


def rows(way: Way) -> tuple[Row, ...]:
    """What there is to show of one direction: each difference, then what stayed as it was."""
    if way.why:
        return (Row("", way.why),)
    found = [row for each in way.differences for row in _rows(each)]
    stayed = f"{counted(way.kept, 'field line')} as {'it was' if way.kept == 1 else 'they were'}"
    if not found:
        return (Row("", "Nothing: it went on as it came."),)
    return (*found, Row("", stayed)) if way.kept else tuple(found)


def _rows(difference: Difference) -> Iterator[Row]:
    mark = " (trailer)" if difference.part is Part.TRAILER else ""
    if difference.before is not None:
        yield Row("-", octets(difference.before) + mark)
    if difference.after is not None:
        yield Row("+", octets(difference.after) + mark)
    if difference.before is None and difference.after is None:
        yield Row("~", difference.says)
