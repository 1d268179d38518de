"""Whether an answer is one of the readings that a conforming recipient may make of what the upstream sent.

Left out of the comparison is what a gateway may change: fields that concern one connection only (RFC 9110, 7.6.1),
those it adds or brings up to date (Date, Server, Via, Age), and any field that it adds. A Set-Cookie line stands for
itself and cannot be combined with others (RFC 9110, 5.3), so one may be added beside those of the upstream. Trailer
fields may be dropped, and may not be merged into the header section (RFC 9110, 6.5.1).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lab import h1
from lab.h2.section import ONE_CONNECTION
from lab.outcome.answer import Answer
from lab.outcome.facts import Fidelity
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Transcript, What, joined

_LEFT_OUT = ONE_CONNECTION | {b"te", b"trailer"}
MAY_CHANGE = frozenset({b"date", b"server", b"via", b"age", b"content-length", b"proxy-status", b"cache-status"})


def fidelity(answer: Answer, of_upstream: Iterable[h1.Reading]) -> Fidelity:
    """Compare with every reading of every upstream connection of the act."""
    if answer.final is None:
        return Fidelity.NONE
    switched = answer.final.framing.kind is h1.FramingKind.TUNNEL  # a tunnel need not have ended
    found = Fidelity.NONE
    for reading in of_upstream:
        found = Fidelity.ALTERED if found is Fidelity.NONE else found
        if (reading.complete or switched) and same(answer, reading):
            if not reading.repairs:
                return Fidelity.EXACT
            found = Fidelity.REPAIRED
    return found


def readings(transcript: Transcript, asked: Asked, *, before: int | None = None) -> Iterator[h1.Reading]:
    """The readings of what the upstream sent in the act of this request, connection by connection and answer by
    answer; with `before`, of what it had sent by then (nanoseconds)."""
    upgrade = asks_to_switch(transcript, asked)
    for sent in answers(transcript, asked.act, before):
        method = asked.method.encode("latin-1")
        yield from h1.readings(sent.data, method=method, clean_end=sent.clean_end, upgrade=upgrade)


def earlier_readings(transcript: Transcript, asked: Asked) -> Iterator[h1.Reading]:
    """The readings of what the upstream sent in the acts before: as answers to what the gateway had asked, which need
    not have been what its client asked (a HEAD may be answered from a stored GET: RFC 9111, 4)."""
    for act in sorted({each.act for each in transcript.asked if each.act < asked.act}):
        upgrade = any(asks_to_switch(transcript, each) for each in transcript.asked if each.act == act)
        for sent in answers(transcript, act):
            yield from h1.readings(sent.data, method=sent.method, clean_end=sent.clean_end, upgrade=upgrade)


def asks_to_switch(transcript: Transcript, asked: Asked) -> bool:
    """Whether the client asked for a switch of protocols: without it, a 101 is no answer (RFC 9110, 7.8)."""
    sent = joined(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request), What.SENT)
    if b"upgrade" not in sent.lower():  # nearly always, and it saves the reading
        return False
    head = h1.first_request(sent)
    return head is not None and head.asks_to_switch


class Sent(NamedTuple):
    """The bytes that the upstream sent on a connection between two requests. `clean_end`: how they ended; True: with
    FIN, under TLS with a closure alert; False: with RST, or without that alert; None: not yet. `method`: of the request
    that it had read there."""

    data: bytes
    clean_end: bool | None
    method: bytes


def answers(transcript: Transcript, act: int, before: int | None = None) -> Iterator[Sent]:
    """What was sent in an act, on each connection between two requests."""
    events = tuple(transcript.on(UPSTREAM_HOP))
    for connection in dict.fromkeys((event.peer, event.connection) for event in events):
        of_connection = (event for event in events if (event.peer, event.connection) == connection)
        yield from _on_one_connection(of_connection, act, before)


def _on_one_connection(events: Iterable[Event], act: int, before: int | None) -> Iterator[Sent]:
    pieces: list[bytes] = []
    asked = answered = b"GET"
    unclosed = False  # under TLS, perhaps since an earlier act, and no closure alert so far
    for event in events:
        counts = event.act == act and (before is None or event.at <= before)
        if event.what is What.SECURED or event.what is What.ALERT_SENT:
            unclosed = event.what is What.SECURED
        elif counts and event.what is What.SENT:
            answered = answered if pieces else asked
            pieces.append(event.data)
        elif counts and event.what in _ENDS and pieces:
            clean_end = None if event.what is What.REQUEST else event.what is What.CLOSED and not unclosed
            yield Sent(b"".join(pieces), clean_end, answered)
            pieces = []
        if event.what is What.REQUEST:
            asked = event.detail.partition(" ")[0].encode("latin-1", "replace")
    if pieces:
        yield Sent(b"".join(pieces), None, answered)


_ENDS = (What.REQUEST, What.CLOSED, What.RESET)


def same(answer: Answer, reading: h1.Reading) -> bool:
    """Same status, same content, every end-to-end field line of the reading, in order, and no trailer field changed."""
    final = answer.final
    if final is None or final.status != reading.status or answer.content != reading.content:
        return False
    left_out = _LEFT_OUT | MAY_CHANGE | set(reading.fields.tokens(b"connection"))
    names = _names(reading.fields) - left_out
    if not all(_kept(name, final.fields, reading.fields) for name in names):
        return False
    merged = _names(final.fields) & (_names(reading.trailers) - names - left_out)
    both = _names(answer.trailers) & _names(reading.trailers)
    return not merged and all(_kept(name, answer.trailers, reading.trailers) for name in both)


def _names(fields: h1.Fields) -> set[bytes]:
    return {field.name.lower() for field in fields}


def _kept(name: bytes, now: h1.Fields, before: h1.Fields) -> bool:
    if name != b"set-cookie":
        return _combined(now, name) == _combined(before, name)
    lines = iter(now.get(name))
    return all(any(line.strip() == cookie.strip() for line in lines) for cookie in before.get(name))


def _combined(fields: h1.Fields, name: bytes) -> bytes:
    """The field value, its lines combined (RFC 9110, 5.3); white space around commas does not count."""
    return b",".join(part.strip() for value in fields.get(name) for part in value.split(b","))
