"""Holds the expectations of a case against its transcript."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lab.expect import OPPOSITES, Expectation
from lab.outcome import Ending, Facts, Maker, Outcome, facts
from lab.scenario import Act, Case
from lab.scenario.rehearsal import rehearse
from lab.script.playing import NONCE_FIELD, nonce
from lab.transcript import UPSTREAM_HOP, Asked, Transcript, What, joined


class Verdict(StrEnum):
    """The words in JSON; `READS` says them to people."""

    CONFORMS = "conforms"
    DEVIATES = "deviates"
    INADVISABLE = "inadvisable"
    UNSOUND = "unsound"
    YES = "yes"
    NO = "no"
    NOT_REACHED = "not-reached"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not-applicable"


READS = {
    Verdict.CONFORMS: "keeps the rule",
    Verdict.DEVIATES: "breaks the rule",
    Verdict.INADVISABLE: "against advice",
    Verdict.UNSOUND: "unsound",
    Verdict.YES: "yes",
    Verdict.NO: "no",
    Verdict.NOT_REACHED: "the upstream was never asked",
    Verdict.INCONCLUSIVE: "not tested",
    Verdict.NOT_APPLICABLE: "does not apply",
}

FAILS = frozenset({Verdict.DEVIATES, Verdict.UNSOUND})
"""The verdicts that fail a test; `inconclusive` is an error."""

_WORST_FIRST = (Verdict.DEVIATES, Verdict.UNSOUND, Verdict.INADVISABLE)


@dataclass(frozen=True)
class Exchange:
    """One request of an act, with the facts of it."""

    asked: Asked
    facts: Facts


@dataclass(frozen=True)
class Judged:
    """One expectation, held against the exchanges of its act."""

    expectation: Expectation
    act: int
    verdict: Verdict


@dataclass(frozen=True)
class Judgement:
    """What is to be said of one performance. `why`: the reason where nothing could be judged."""

    case: Case
    transcript: Transcript
    verdict: Verdict
    exchanges: tuple[Exchange, ...]
    judged: tuple[Judged, ...]
    delivered: bool
    why: str = ""

    def of_act(self, act: int) -> Iterator[Exchange]:
        return (exchange for exchange in self.exchanges if exchange.asked.act == act)


def judge(case: Case, transcript: Transcript, control: Transcript | None = None) -> Judgement:
    """The judgement of a performance. `control`: the performance of the repaired case, where something is marked."""
    exchanges = tuple(Exchange(asked, facts(transcript, asked)) for asked in transcript.asked)
    delivered = not case.marked or case.repaired or _took_effect(case, transcript)
    verdict, why = _untested(case, transcript, exchanges, delivered, control)
    judged = tuple(_held(case.acts(), exchanges, verdict))
    if verdict is None:
        verdict = _worst(each.verdict for each in judged)
    return Judgement(case, transcript, verdict, exchanges, judged, delivered, why)


def not_applicable(case: Case, transcript: Transcript, lacking: Iterable[str]) -> Judgement:
    """What is said of a case on a gateway that lacks what it needs."""
    return Judgement(case, transcript, Verdict.NOT_APPLICABLE, (), (), False, f"it lacks: {', '.join(sorted(lacking))}")


def _untested(
    case: Case, transcript: Transcript, exchanges: tuple[Exchange, ...], delivered: bool, control: Transcript | None
) -> tuple[Verdict | None, str]:
    if transcript.failure:
        return Verdict.INCONCLUSIVE, transcript.failure
    for event in transcript.events:
        if event.what is What.SCRIPT_FAILED:
            return Verdict.INCONCLUSIVE, f"the script failed: {event.detail}"
        if event.what is What.FAILED:
            return Verdict.INCONCLUSIVE, f"the client could not connect to the gateway: {event.detail}"
    if _of_another_performance(transcript, exchanges):
        return Verdict.INCONCLUSIVE, _STORED_BEFORE
    if lacking := _shown_to_lack(frozenset(case.scenario.needs), transcript, control):
        return Verdict.NOT_APPLICABLE, lacking
    if not delivered:
        if _never_asked(transcript, exchanges):
            return Verdict.NOT_REACHED, "the answer came from the store, and the upstream was never asked"
        return Verdict.INCONCLUSIVE, _why_no_effect(transcript, exchanges)
    if control is not None and (broken := incomplete_control(control)):
        return Verdict.INCONCLUSIVE, f"its control failed: repaired, {broken}"
    return None, ""


_STORED_BEFORE = "an answer to an earlier performance came: switch the gateway's cache off, or empty it"
_NONCE = re.compile(r"([0-9a-f]{12})(\.[0-9]+){3}")


def _of_another_performance(transcript: Transcript, exchanges: tuple[Exchange, ...]) -> bool:
    """Whether an upstream of another performance has signed what the client got: all stories ask for the same target,
    so that the store of a gateway that ran before may hold another one's answer."""
    ours = nonce(transcript.performance, 1, 1, 1).decode().partition(".")[0]
    signed = (value for each in exchanges for name, value in each.facts.fields if name == NONCE_FIELD.decode().lower())
    found = (_NONCE.fullmatch(value) for value in signed)
    return any(match is not None and match[1] != ours for match in found)


def _why_no_effect(transcript: Transcript, exchanges: tuple[Exchange, ...]) -> str:
    if any(event.what is What.OPENED for event in transcript.on(UPSTREAM_HOP)):
        return "the fault never took effect"
    if transcript.happened(What.DEADLINE):
        return (
            "the client gave up before the gateway did, and nothing shows whether it tried to connect: give the"
            " gateway a shorter time-out for connections"
        )
    for exchange in exchanges:
        if exchange.facts.status:
            return f"the gateway answered {exchange.facts.status} by itself, without a connection to the upstream"
    return "no answer came, and nothing shows whether the gateway tried to connect to the upstream"


def _shown_to_lack(needs: frozenset[str], transcript: Transcript, control: Transcript | None) -> str:
    """What the gateway was hoped to do and does not, as the performance shows it; empty when it does."""
    if "reuse" in needs and control is not None and not _used_again(control):
        return "it used no upstream connection a second time, not even when nothing was wrong"
    asked = joined(transcript.on(UPSTREAM_HOP), What.RECEIVED)
    if needs & {"interim", "upgrade"} and asked.partition(b"\r\n")[0].endswith(b" HTTP/1.0"):
        return "it asked in HTTP/1.0, and no server may answer that with an interim response (RFC 9110, 15.2)"
    if "upgrade" in needs and asked and b"\nupgrade:" not in asked.lower():
        return "it did not pass on the offer to switch protocols"
    return ""


def _used_again(control: Transcript) -> bool:
    """Whether an upstream connection carried a second request."""
    requests = Counter(
        (event.peer, event.connection) for event in control.on(UPSTREAM_HOP) if event.what is What.REQUEST
    )
    return any(count > 1 for count in requests.values())


def _took_effect(case: Case, transcript: Transcript) -> bool:
    """Whether the fault did; that what is only to be watched did, is not enough."""
    says = {event.detail for event in transcript.events if event.what is What.DELIVERED}
    return bool(says) and bool(says - rehearse(case).watched())


def incomplete_control(control: Transcript) -> str:
    """Why a repaired performance did not come through complete; empty when it did."""
    if control.failure:
        return control.failure
    for asked in control.asked:
        found = facts(control, asked)
        ends_well = found.ending in (Ending.COMPLETE, Ending.TUNNEL)
        if not ends_well or found.outcome not in _COMPLETE:
            return f"request {asked.request} of act {asked.act} gave {found.status or 'no status'} ({found.outcome})"
    return ""


_COMPLETE = frozenset({Outcome.RELAYED, Outcome.REPAIRED, Outcome.STORED, Outcome.STALE, Outcome.TUNNELLED})


def _never_asked(transcript: Transcript, exchanges: tuple[Exchange, ...]) -> bool:
    """Whether the last request was answered from the store without asking the upstream."""
    if not exchanges:
        return False
    last = exchanges[-1]
    asked = any(event.what is What.RECEIVED for event in transcript.on(UPSTREAM_HOP, act=last.asked.act))
    return last.facts.made_by is Maker.STORE and not asked


def _held(acts: tuple[Act, ...], exchanges: tuple[Exchange, ...], untested: Verdict | None) -> Iterator[Judged]:
    for number, act in enumerate(acts, 1):
        found = [exchange.facts for exchange in exchanges if exchange.asked.act == number]
        for expectation in act.expect:
            verdict = untested or (kept(expectation, found) if found else Verdict.INCONCLUSIVE)
            yield Judged(expectation, number, verdict)


def kept(expectation: Expectation, exchanges: Iterable[Facts]) -> Verdict:
    """Whether every exchange of the act is as expected."""
    wanted = not isinstance(expectation, OPPOSITES)
    good = all(expectation.holds(found) is wanted for found in exchanges)
    return Verdict(expectation.kept if good else expectation.broken)


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    found = set(verdicts)
    return next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.CONFORMS)
