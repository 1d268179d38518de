"""The entries of one performance: what the client asked, and what reached an upstream because of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lab.outcome import OUTCOMES, Answer, Ending
from lab.outcome.stages import Connection, Doing, How, stages
from lab.show.har.messages import host_of, request, response
from lab.show.har.timings import timings
from lab.show.records import Record
from lab.show.sides import Behind, behind, request_sent, response_received
from lab.show.text.messages import marked_steps
from lab.transcript import CLIENT_HOP, Asked, Event, What
from lab.verdict import READS, Exchange, Judgement

Entry = tuple[int, Record]
"""When it began, in nanoseconds since the performance did, and everything else."""


def entries(judgement: Judgement, page: int) -> list[Entry]:
    """All of them, in order of time. `page`: the number of the performance."""
    found = _Finding(judgement, page)
    return sorted((*found.asked(), *found.behind()), key=lambda entry: entry[0])


_SEEN = "What the upstream saw, and what it sent."
_NOT_SEEN = "The gateway tried to connect; when it did, the lab cannot see."


class _Finding:
    def __init__(self, judgement: Judgement, page: int) -> None:
        self._judgement, self._page = judgement, page
        self._transcript = judgement.transcript
        self._stages = stages(self._transcript)
        self._delivered = [event for event in self._transcript.events if event.what is What.DELIVERED]
        self._marked = marked_steps(judgement.case)

    def asked(self) -> Iterator[Entry]:
        """On the client connection."""
        for exchange in self._judgement.exchanges:
            asked = exchange.asked
            of_it = [each for each in self._stages if each.hop == CLIENT_HOP and each.act == asked.act]
            stage = next((each for each in of_it if each.request == asked.request), None)
            if stage is not None:
                yield self._asked(exchange, stage)

    def _asked(self, exchange: Exchange, stage: Connection) -> Entry:
        asked, facts = exchange.asked, exchange.facts
        sent, received = request_sent(self._transcript, asked), response_received(self._transcript, asked)
        error = "" if facts.complete or facts.ending is Ending.TUNNEL else f"{facts.outcome}: {OUTCOMES[facts.outcome]}"
        host = host_of(sent) or "gateway.test"
        told = [
            OUTCOMES[facts.outcome],
            f"Verdict: {READS[self._judgement.verdict]}.",
            *self._told(self._concerning(asked)),
        ]
        return self._entry(
            stage, request(sent, asked.method, asked.target, host, secure=_secured(stage)), response(received, error),
            " ".join(told), {"_outcome": facts.outcome, "_madeBy": facts.made_by},
        )  # fmt: skip

    def behind(self) -> Iterator[Entry]:
        """On the upstream connections: each request, and each attempt that came to none."""
        first = {asked.act: asked for asked in reversed(self._transcript.asked)}
        for act, asked in first.items():
            reached = defaultdict(list)
            for each in behind(self._transcript, asked):
                reached[each.peer, each.connection].append(each)
            for stage in self._stages:
                if stage.hop != CLIENT_HOP and stage.act == act:
                    waiting = reached[stage.peer, stage.number]
                    yield self._behind(stage, asked, waiting.pop(0) if waiting else None)

    def _behind(self, stage: Connection, asked: Asked, reached: Behind | None) -> Entry:
        got = reached.request if reached is not None else None
        answer = reached.answer if reached is not None else None
        host = f"upstream-{stage.peer}.test"
        told = [_SEEN if stage.number else _NOT_SEEN, *self._told(self._on(stage))]
        method, target = (asked.method, asked.target) if stage.number == 0 else ("?", "/")
        return self._entry(
            stage, request(got, method, target, host, secure=_secured(stage)),
            response(answer, _error(stage, answer)), " ".join(told), {},
        )  # fmt: skip

    def _entry(self, stage: Connection, asks: Record, answers: Record, comment: str, more: Record) -> Entry:
        took = timings(stage)
        side = "client" if stage.hop == CLIENT_HOP else "upstream"
        number = f"{self._page}-{side}-{stage.number}"
        connection = {"connection": number, "_connectionId": number} if stage.number else {}
        return took.begin, {
            "time": took.total,
            "request": asks,
            "response": answers,
            "cache": {},
            "timings": took.record(),
            **connection,
            "comment": comment,
            "_hop": f"{side} connection",
            "_resourceType": "fetch",
            **more,
        }

    def _concerning(self, asked: Asked) -> Iterator[Event]:
        """What took effect in its act; but not to another request of it, where both reached an upstream."""
        of_act = [event for event in self._delivered if event.act == asked.act]
        reached = behind(self._transcript, asked) if of_act else ()
        mine = any(each.target == asked.target.encode() for each in reached)
        for event in of_act:
            place = event.peer, event.connection
            targets = {each.target for each in reached if (each.peer, each.connection) == place and each.target}
            if event.hop == CLIENT_HOP or not mine or not targets or asked.target.encode() in targets:
                yield event

    def _on(self, stage: Connection) -> Iterator[Event]:
        """What took effect on one connection, in the act of this exchange."""
        for event in self._delivered:
            place = event.hop, event.peer, event.connection
            if event.act == stage.act and place == (stage.hop, stage.peer, stage.number):
                yield event

    def _told(self, delivered: Iterable[Event]) -> list[str]:
        """In the author's words."""
        told = []
        for event in delivered:
            watch = event.detail in self._marked and self._marked[event.detail].watch
            who = "client" if event.hop == CLIENT_HOP else "upstream"
            told.append(f"{'Watch this' if watch else 'The fault'}, at the {who}: {event.detail}.")
        return list(dict.fromkeys(told))


def _secured(stage: Connection) -> bool:
    return stage.phase(Doing.TLS) is not None


def _error(stage: Connection, answer: Answer | None) -> str:
    """What kept the upstream's answer from being one, as far as its framing says."""
    if answer is not None and answer.complete:
        return ""
    if stage.ending.how in (How.COMPLETE, How.TUNNEL):
        return ""
    by = f", by the {stage.ending.by}" if stage.ending.by else ""
    says = f": {stage.ending.says}" if stage.ending.says else ""
    return f"{stage.ending.how}{by}{says}"
