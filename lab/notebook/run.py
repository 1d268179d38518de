"""What was performed, as a notebook's reader asks it: facts by name, and a picture of itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from lab.notebook.displayed import Displayed, Shown, in_a_table
from lab.notebook.problems import Problem
from lab.outcome import Ending, Facts, Maker, Outcome
from lab.show.svg.sequence import diagram
from lab.show.text.lines import plain
from lab.show.text.report import told
from lab.transcript import CLIENT_HOP, Transcript, What, joined
from lab.verdict import READS, Judgement, judge

_TEXT_WIDTH = 80


class Fields(Mapping[str, str]):
    """Field lines by name, in any case of letters; several of one name are joined by a comma (RFC 9110, 5.3)."""

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        self.lines = tuple(lines)

    def __getitem__(self, name: str) -> str:
        values = [value for known, value in self.lines if known == name.lower()]
        if not values:
            raise KeyError(name)
        return ", ".join(values)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self.lines))

    def __len__(self) -> int:
        return len(dict.fromkeys(name for name, _ in self.lines))

    def __repr__(self) -> str:
        return repr(dict(self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return in_a_table(("field", "value"), self.lines)._repr_mimebundle_()


@dataclass(frozen=True, repr=False)
class Run(Shown):
    """One performance. It shows itself as a sequence diagram.

    Facts without further words are those of the last exchange: `status` (None: there was none), `outcome`, `made_by`,
    `ending`, `content` (bytes), `fields`. `exchanges`: the facts of each.
    """

    judgement: Judgement
    control: Transcript | None = None

    @property
    def transcript(self) -> Transcript:
        return self.judgement.transcript

    @property
    def repaired(self) -> "Run":
        """The control, as a run of its own: what came of the same scenario when it was repaired."""
        if self.control is None:
            raise Problem(f"{self.name} has no control: nothing in it is marked wrong")
        return Run(judge(self.judgement.case.control(), self.control))

    @property
    def name(self) -> str:
        """The scenario's name, with its variant in brackets."""
        return self.judgement.case.name

    @property
    def gateway(self) -> str:
        return self.transcript.gateway.name

    @property
    def verdict(self) -> str:
        """As people read it: `keeps the rule`, `breaks the rule` ..."""
        return READS[self.judgement.verdict]

    @property
    def exchanges(self) -> tuple[Facts, ...]:
        """The facts of each request, in order."""
        return tuple(exchange.facts for exchange in self.judgement.exchanges)

    @property
    def _last(self) -> Facts:
        if not self.exchanges:
            raise Problem(f"{self.name} on {self.gateway} has no exchange: {self.judgement.why or 'nothing was asked'}")
        return self.exchanges[-1]

    @property
    def status(self) -> int | None:
        return self._last.status

    @property
    def outcome(self) -> Outcome:
        return self._last.outcome

    @property
    def made_by(self) -> Maker:
        return self._last.made_by

    @property
    def ending(self) -> Ending:
        return self._last.ending

    @property
    def content(self) -> bytes:
        """What the client could decode of the content."""
        return self._last.content

    @cached_property
    def fields(self) -> Fields:
        """The field lines of the final answer."""
        return Fields(self._last.fields)

    @property
    def client_sent(self) -> bytes:
        """All the bytes that the client sent, in all of its requests."""
        return joined(self.transcript.on(CLIENT_HOP), What.SENT)

    @property
    def client_received(self) -> bytes:
        """All the bytes that the client received, in all of its exchanges."""
        return joined(self.transcript.on(CLIENT_HOP), What.RECEIVED)

    @property
    def upstream_sent(self) -> bytes:
        """All the bytes that the upstream sent."""
        return joined(self.transcript.on(self._upstream_hop), What.SENT)

    @property
    def upstream_received(self) -> bytes:
        """All the bytes that the upstream received: what the gateway asked it."""
        return joined(self.transcript.on(self._upstream_hop), What.RECEIVED)

    @property
    def upstream_connections(self) -> int:
        """How many connections to the upstream there were."""
        events = self.transcript.on(self._upstream_hop)
        return len({(event.peer, event.connection) for event in events if event.what is What.OPENED})

    @property
    def _upstream_hop(self) -> int:
        return max((event.hop for event in self.transcript.events), default=1) or 1

    def __repr__(self) -> str:
        return plain(told(self.judgement, _TEXT_WIDTH)).rstrip("\n") if self.exchanges else self.judgement.why

    @cached_property
    def displayed(self) -> Displayed:
        """The picture; text alone where nothing was performed."""
        if not self.exchanges:
            return Displayed(repr(self))
        return Displayed(repr(self), svg=diagram(self.judgement))


class Runs(Shown, Sequence[Run]):
    """Several performances, shown as a table."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = tuple(runs)

    @overload
    def __getitem__(self, place: int) -> Run: ...

    @overload
    def __getitem__(self, place: slice) -> "Runs": ...

    def __getitem__(self, place: int | slice) -> "Run | Runs":
        return Runs(self._runs[place]) if isinstance(place, slice) else self._runs[place]

    def __len__(self) -> int:
        return len(self._runs)

    @cached_property
    def displayed(self) -> Displayed:
        gateways = len({run.gateway for run in self}) > 1
        head = ("run", *(("gateway",) if gateways else ()), "status", "made by", "outcome", "verdict")
        return in_a_table(head, [row for run in self for row in _rows(run, gateways)])


def _rows(run: Run, gateways: bool) -> Iterator[tuple[object, ...]]:
    on = (run.gateway,) if gateways else ()
    if not run.exchanges:
        yield (run.name, *on, None, None, None, f"{run.verdict} ({run.judgement.why})")
    for number, facts in enumerate(run.exchanges, 1):
        name = f"{run.name}, request {number}" if len(run.exchanges) > 1 else run.name
        yield (name, *on, facts.status, facts.made_by, facts.outcome, run.verdict)
