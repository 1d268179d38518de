"""What the catalogue's faults end in: counted from performances, all of them made just now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lab.outcome import Maker, Outcome
from lab.performance import Performed
from lab.scenario import Case
from lab.script import Request
from lab.transcript import CLIENT_HOP, Asked, Transcript, What, joined
from lab.verdict import Exchange, Verdict

NOT_PLAYED = frozenset({Verdict.NOT_APPLICABLE, Verdict.INCONCLUSIVE})


@dataclass(frozen=True)
class Answered:
    """One request of one performance. `conditional`: it had If-None-Match or If-Modified-Since."""

    status: int | None
    made_by: Maker
    outcome: Outcome
    errors: tuple[str, ...]
    conditional: bool


@dataclass(frozen=True)
class Counted:
    """One case of the catalogue, after it was performed. `faulty`: something in it is wrong, and took effect."""

    name: str
    cause: str
    played: bool
    faulty: bool
    answers: tuple[Answered, ...]

    @property
    def reported(self) -> tuple[Answered, ...]:
        """The answers that were a 502 of the gateway's own."""
        return tuple(each for each in self.answers if each.status == 502 and each.outcome is Outcome.REPORTED)


def counted(performed: Performed) -> Counted:
    """What there is to count of one performance."""
    judgement, case = performed.judgement, performed.case
    played = judgement.verdict not in NOT_PLAYED
    answers = tuple(_answered(case, performed.transcript, exchange) for exchange in judgement.exchanges)
    return Counted(case.name, case.scenario.cause, played, case.marked and judgement.delivered, answers)


def _answered(case: Case, transcript: Transcript, exchange: Exchange) -> Answered:
    facts = exchange.facts
    conditional = _conditional(case, transcript, exchange.asked)
    return Answered(facts.status, facts.made_by, facts.outcome, facts.errors, conditional)


def _conditional(case: Case, transcript: Transcript, asked: Asked) -> bool:
    client = case.acts()[asked.act - 1].clients()[asked.request - 1]
    if isinstance(client, Request):
        return any(line.lower().startswith(_CONDITIONS) for line in client.fields)
    sent = joined(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request), What.SENT)
    return any(line.lower().startswith(_CONDITIONS) for line in sent.split(b"\n"))


_CONDITIONS = (b"if-none-match:", b"if-modified-since:")


@dataclass
class Causes:
    """The catalogue in numbers; keeps none of its performances.

    cases        played; `not_played`: the gateway lacks what they need, or they stayed inconclusive
    faulty       cases in which a fault took effect
    reported     of those, the ones in which the client got a 502 that the gateway made
    errors       how often each error type stood in such a 502, the first of each case
    instead      what the client got last in the other faulty cases: status and outcome
    causes       rows of the list of real-world causes that gave a 502
    conditional  requests with a condition, and
    unconditional  those without one
    not_modified how many of the first (True) and of the others got a 304, by who made it
    gave_502     the names of the cases that are counted in `reported`, each with its error type
    gave_304     the names of those with a 304 to a request with a condition (True), and without
    """

    cases: int = 0
    not_played: int = 0
    faulty: int = 0
    reported: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    instead: Counter[str] = field(default_factory=Counter)
    causes: set[str] = field(default_factory=set)
    conditional: int = 0
    unconditional: int = 0
    not_modified: Counter[tuple[bool, Maker]] = field(default_factory=Counter)
    gave_502: dict[str, str] = field(default_factory=dict)
    gave_304: dict[bool, list[str]] = field(default_factory=dict)

    def add(self, case: Counted) -> None:
        """One more was performed."""
        if not case.played:
            self.not_played += 1
            return
        self.cases += 1
        for answer in case.answers:
            self._count_condition(case.name, answer)
        if case.faulty:
            self._count_fault(case)

    def _count_condition(self, name: str, answer: Answered) -> None:
        if answer.conditional:
            self.conditional += 1
        else:
            self.unconditional += 1
        if answer.status == 304:
            self.not_modified[answer.conditional, answer.made_by] += 1
            if name not in (names := self.gave_304.setdefault(answer.conditional, [])):
                names.append(name)

    def _count_fault(self, case: Counted) -> None:
        self.faulty += 1
        if case.reported:
            self.reported += 1
            error = next((each.errors[-1] for each in case.reported if each.errors), "no error type")
            self.gave_502[case.name] = error
            self.errors[error] += 1
            self.causes |= {case.cause} - {""}
        elif case.answers:
            last = case.answers[-1]
            self.instead[f"{last.status or 'no status'} {last.outcome}"] += 1


def count(cases: Iterable[Counted]) -> Causes:
    """All of them."""
    found = Causes()
    for each in cases:
        found.add(each)
    return found
