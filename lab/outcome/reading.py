"""Facts from a transcript: what the client received, read forgivingly, beside what the upstream sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab import h1
from lab.outcome.decide import outcome
from lab.outcome.facts import Ending, Facts, Fidelity, Maker
from lab.outcome.fidelity import asks_to_switch, fidelity, readings
from lab.outcome.freshness import is_stale
from lab.outcome.makers import made_by
from lab.outcome.requests import requests_that_reached
from lab.outcome.status_fields import error_types
from lab.tls import Alert
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Transcript, What, joined


@dataclass(frozen=True)
class Answer:
    """The client's side of one exchange, read forgivingly: no anomaly stops the reading before it must.

    anomalies  what was wrong with the octets of the answer itself, in the order in which it was found
    """

    final: h1.Head | None
    interim: tuple[int, ...]
    content: bytes
    complete: bool
    broken: bool
    surplus: int
    anomalies: tuple[h1.Anomaly, ...]


def read_answer(received: bytes, method: str, ended: bool | None, *, upgrade: bool = False) -> Answer:
    """Read what a client received. `ended`: True after FIN, False after RST, None while the connection is open.
    `upgrade`: it had asked for a switch of protocols."""
    reader = h1.Reader("response", method=method.encode("latin-1"), upgrade=upgrade)
    final: h1.Head | None = None
    interim: list[int] = []
    content: list[bytes] = []
    complete = broken = False
    surplus = 0

    def take() -> None:
        nonlocal final, complete, broken, surplus
        for event in reader.events():
            match event:
                case h1.Head() if event.final:
                    final = event
                case h1.Head():
                    interim.append(event.status)
                case h1.Content() | h1.Tunnelled():
                    content.append(event.data)
                case h1.End():
                    complete = event.complete
                case h1.Surplus():
                    surplus += len(event.data)
                case h1.Broken():
                    broken = True

    reader.feed(received)
    take()
    if ended is not None:
        reader.close(clean=ended)
        take()
    anomalies = tuple(anomaly for anomaly in reader.anomalies if anomaly.kind is not h1.Kind.SURPLUS)
    return Answer(final, tuple(interim), b"".join(content), complete, broken, surplus, anomalies)


def facts(transcript: Transcript, asked: Asked) -> Facts:
    """The facts of one exchange."""
    events = tuple(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request))
    received = joined(events, What.RECEIVED)
    secured = any(event.what is What.SECURED for event in transcript.on(CLIENT_HOP))
    switch = asks_to_switch(transcript, asked)
    answer = read_answer(received, asked.method, _ended(events, secured=secured), upgrade=switch)
    status = answer.final.status if answer.final else None
    ending = _ending(answer, events, received)
    of_upstream = tuple(readings(transcript, asked))
    fields = _text(answer.final.fields) if answer.final else ()
    maker = made_by(answer.final, answer.content, asked, transcript, of_upstream)
    matched = fidelity(answer.final, answer.content, of_upstream) if maker is Maker.UPSTREAM else Fidelity.NONE
    stale = maker is Maker.STORE and is_stale(fields, transcript, asked)
    proxy_status = ", ".join(value for name, value in fields if name == "proxy-status")
    upstream = tuple(transcript.on(UPSTREAM_HOP, act=asked.act))
    return Facts(
        status=status,
        made_by=maker,
        ending=ending,
        fidelity=matched,
        outcome=outcome(
            received=bool(received), ending=ending, http=not answer.broken, surplus=answer.surplus, made_by=maker,
            fidelity=matched, status=status, stale=stale,
        ),
        interim=answer.interim,
        surplus=answer.surplus,
        upstream_requests=requests_that_reached(upstream),
        fields=fields,
        content=answer.content,
        proxy_status=proxy_status,
        cache_status=", ".join(value for name, value in fields if name == "cache-status"),
        errors=error_types(proxy_status),
        client_received=received,
        upstream_received=joined(upstream, What.RECEIVED),
    )  # fmt: skip


def _ended(events: Iterable[Event], *, secured: bool) -> bool | None:
    """How the connection ended: True after FIN (where it is secured, after a closure alert: RFC 9112, 9.8), False
    otherwise, None while it is open."""
    for event in events:
        if event.what is What.ALERT_RECEIVED and event.detail == Alert.CLOSE_NOTIFY.registered:
            return True
        if event.what is What.ENDED:
            return not secured
        if event.what is What.BROKEN:
            return False
    return None


def _ending(answer: Answer, events: tuple[Event, ...], received: bytes) -> Ending:
    if answer.final is not None and answer.final.framing.kind is h1.FramingKind.TUNNEL:
        return Ending.TUNNEL
    if answer.complete:
        return Ending.COMPLETE
    for event in events:
        if event.what in (What.ENDED, What.ALERT_RECEIVED):
            return Ending.CUT if received else Ending.CLOSED
        if event.what is What.BROKEN:
            return Ending.RESET
    return Ending.STALLED


def _text(fields: h1.Fields) -> tuple[tuple[str, str], ...]:
    return tuple((field.name.decode("latin-1").lower(), field.value.decode("latin-1")) for field in fields)
