"""The four stages of the HTTP cycle, name, connection, request, response, on both connections: how long each took, and
what a failure in each becomes for the client.

The times are between events that the lab's own parties saw. What the gateway did in between belongs to them.
"""

from dataclasses import dataclass
from enum import StrEnum

from lab.compare.results import All, Exhibit, Holding, Result, exhibits
from lab.compare.upstreams import PAGE, asks, nonsense, page
from lab.compare.visits import Place, Seen, Trial, Visit
from lab.outcome.stages import Connection, Doing, Stage, stages
from lab.script import (
    NONCE,
    BlackHole,
    ClientSees,
    Close,
    Receive,
    ReceiveRequest,
    Refuse,
    Reset,
    Script,
    Send,
    Stall,
    Until,
)
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Transcript, What


class Side(StrEnum):
    """Whose connection."""

    CLIENT = "client connection"
    UPSTREAM = "upstream connection"


@dataclass(frozen=True)
class Break:
    """A failure at one stage of one connection. `says`: what fails. `reported`: whether only a gateway could tell."""

    side: Side
    stage: Stage
    says: str
    visit: Visit
    place: Place = Place.FOUND

    @property
    def trial(self) -> Trial:
        return Trial(f"stage: {self.side}, {self.stage}: {self.says}", (self.visit,), place=self.place)


_REQUEST = asks().wire()
_HALF = len(PAGE) // 2
_BEGINNING: tuple[bytes, ...] = (b"HTTP/1.1 200 OK\r\n", b"Content-Length: %d\r\n" % len(PAGE), b"\r\n", PAGE[:_HALF])


def _begun(*ending: Close | Stall) -> Script:
    """The first half of the page, then nothing more."""
    return [ReceiveRequest(), Send(_BEGINNING[0], NONCE, *_BEGINNING[1:]), *ending]


_GOES_AWAY: Script = [Send(_REQUEST), Until(ClientSees()), Reset()]
_BREAKS_OFF: Script = [Send(_REQUEST[:-10]), Close()]

BREAKS = (
    Break(Side.CLIENT, Stage.NAME, "the gateway's name stands for no address",
          Visit(upstream=page()), Place.GATEWAY_UNNAMED),
    Break(Side.CLIENT, Stage.CONNECTION, "nobody listens where the gateway should be",
          Visit(upstream=page()), Place.GATEWAY_GONE),
    Break(Side.CLIENT, Stage.REQUEST, "the client's request ends in the middle",
          Visit(upstream=page(), asks=_BREAKS_OFF)),
    Break(Side.CLIENT, Stage.RESPONSE, "the client's connection breaks while the page comes",
          Visit(upstream=_begun(Stall()), asks=_GOES_AWAY)),
    Break(Side.UPSTREAM, Stage.NAME, "the upstream's name stands for no address",
          Visit(upstream=page()), Place.UPSTREAM_UNNAMED),
    Break(Side.UPSTREAM, Stage.CONNECTION, "the upstream refuses the connection", Visit(upstream=Refuse())),
    Break(Side.UPSTREAM, Stage.CONNECTION, "no answer to the attempt to connect", Visit(upstream=BlackHole())),
    Break(Side.UPSTREAM, Stage.REQUEST, "the upstream breaks the connection at the first byte of the request",
          Visit(upstream=[Receive(1), Reset()])),
    Break(Side.UPSTREAM, Stage.RESPONSE, "the upstream answers nonsense", Visit(upstream=nonsense())),
    Break(Side.UPSTREAM, Stage.RESPONSE, "the upstream is silent", Visit(upstream=[ReceiveRequest(), Stall()])),
    Break(Side.UPSTREAM, Stage.RESPONSE, "the page ends in the middle", Visit(upstream=_begun(Close()))),
)  # fmt: skip


@dataclass(frozen=True)
class Broken:
    """What a failure became. `got`: in words; `status`: that the client got, None: none. `reported`: a 502 that the
    gateway made. `why`: why it was not tried."""

    failure: Break
    got: str
    status: int | None
    reported: bool
    why: str = ""
    evidence: tuple[Exhibit, ...] = ()


def broken(tried: All) -> tuple[Broken, ...]:
    """What each failure became."""
    return tuple(_broken(tried, each) for each in BREAKS)


def _broken(tried: All, failure: Break) -> Broken:
    found = tried[failure.trial.name]
    if not found.told:
        return Broken(failure, "not tried", None, False, found.why_not)
    seen = found.last
    assert seen.facts is not None
    reported = seen.facts.status == 502 and seen.facts.made_by == "gateway"
    return Broken(failure, _got(seen, found.transcript), seen.status, reported, evidence=exhibits(found))


def _got(seen: Seen, transcript: Transcript | None) -> str:
    facts = seen.facts
    assert facts is not None
    if transcript is not None and transcript.happened(What.FAILED):
        return "no HTTP at all: no connection"
    by_itself = transcript is not None and any(event.what is What.RESET for event in transcript.on(CLIENT_HOP))
    if facts.status is None:
        return "nothing, and then the client broke off" if by_itself else "no answer"
    error = f" ({facts.errors[-1]})" if facts.errors else ""
    if facts.made_by == "gateway":
        return f"{facts.status} by the gateway{error}"
    if seen.complete:
        return f"{facts.status}, {facts.outcome}"
    end = "and then the client broke off" if by_itself else facts.outcome
    return f"{facts.status}, {end}: {len(facts.content)} of {len(PAGE)} bytes of the page"


def judge_sides(tried: All) -> Result:
    """Whether only a failure behind the gateway becomes a 502."""
    told = [each for each in broken(tried) if not each.why]
    mine = [each for each in told if each.failure.side is Side.CLIENT]
    behind = [each for each in told if each.failure.side is Side.UPSTREAM]
    evidence = tuple(exhibit for each in told for exhibit in each.evidence)
    if not mine or not behind:
        return Result(Holding.UNTRIED, next((each.why for each in broken(tried) if each.why), ""))
    wrong = sum(each.reported for each in mine)
    right = sum(each.reported for each in behind)
    says = (
        f"Of {len(mine)} failures on the client's connection {_so_many(wrong)} became a 502; of {len(behind)} on the"
        f" upstream's, {_so_many(right)}."
    )
    if wrong:
        return Result(Holding.PARTLY if right else Holding.FAILS, says, evidence)
    return Result(Holding.HOLDS if right else Holding.FAILS, says, evidence)


def judge_every(tried: All) -> Result:
    """Whether every failure behind the gateway becomes a 502."""
    behind = [each for each in broken(tried) if not each.why and each.failure.side is Side.UPSTREAM]
    if not behind:
        return Result(Holding.UNTRIED, next((each.why for each in broken(tried) if each.why), ""))
    others = [each for each in behind if not each.reported]
    evidence = tuple(exhibit for each in behind for exhibit in each.evidence)
    if not others:
        return Result(Holding.HOLDS, f"All {len(behind)} did.", evidence)
    instead = "; ".join(f"{each.failure.says}: {each.got}" for each in others)
    holding = Holding.PARTLY if len(others) < len(behind) else Holding.FAILS
    return Result(holding, f"{len(behind) - len(others)} of {len(behind)} did. The others: {instead}.", evidence)


def _so_many(number: int) -> str:
    return str(number) if number else "none"


# How long each stage took


@dataclass(frozen=True)
class Span:
    """How long a stage took: milliseconds, None where nothing of it was seen. `says`: between which events."""

    side: Side
    stage: Stage
    milliseconds: float | None
    says: str


def spans(transcript: Transcript, act: int) -> tuple[Span, ...]:
    """The stages of one act, on both connections: of the first exchange on each."""
    found = [each for each in stages(transcript) if each.act == act and each.number]
    client = next((each for each in found if each.hop == CLIENT_HOP), None)
    upstream = next((each for each in found if each.hop == UPSTREAM_HOP), None)
    connected, asked, got = (_over(client, stage) for stage in _TAKE_TIME)
    reached, read, answered = (_over(upstream, stage) for stage in _TAKE_TIME)
    began = client.begin if client and not client.phase(Doing.REUSED) else None
    found_one = reached if upstream and not upstream.phase(Doing.REUSED) else None
    none = "the address was a number: nothing to look up"
    return (
        Span(Side.CLIENT, Stage.NAME, None, none),
        _span(Side.CLIENT, Stage.CONNECTION, began, connected, "from the attempt to connect to the connection"),
        _span(Side.CLIENT, Stage.REQUEST, connected, asked, "from the connection to the last byte of the request"),
        _span(Side.CLIENT, Stage.RESPONSE, asked, got, "from the request to the last byte of the answer"),
        Span(Side.UPSTREAM, Stage.NAME, None, none),
        _span(
            Side.UPSTREAM, Stage.CONNECTION, asked, found_one, "from the client's request to the upstream connection"
        ),
        _span(Side.UPSTREAM, Stage.REQUEST, reached, read, "from the upstream connection to the whole request"),
        _span(Side.UPSTREAM, Stage.RESPONSE, read, answered, "from the request to the last byte of the answer"),
    )


_TAKE_TIME = (Stage.CONNECTION, Stage.REQUEST, Stage.RESPONSE)


def _over(connection: Connection | None, stage: Stage) -> int | None:
    """When the last of a stage was done; silence is nothing that is done."""
    phases = connection.of(stage) if connection else ()
    return max((phase.end for phase in phases if phase.name is not Doing.SILENCE), default=None)


def _span(side: Side, stage: Stage, begin: int | None, end: int | None, says: str) -> Span:
    if begin is None or end is None or end < begin:
        return Span(side, stage, None, _UNSEEN.get(stage, "it did not come to this"))
    return Span(side, stage, (end - begin) / 1e6, says)


_UNSEEN = {Stage.CONNECTION: "no new connection: none was needed, or none came about"}
