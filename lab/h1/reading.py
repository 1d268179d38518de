"""The messages that a recipient may make of octets: of a response all that conform, of requests the first."""

from dataclasses import dataclass, replace

from lab.h1.anomalies import Anomaly
from lab.h1.events import Content, End, Event, Head, Surplus, Trailers, Tunnelled
from lab.h1.fieldlines import Fields
from lab.h1.kinds import Kind
from lab.h1.reader import Reader
from lab.h1.section import TRAILERS_CUT


def first_request(data: bytes) -> Head | None:
    """The head of the first request in these octets, read forgivingly; None where there is none, or not all of it."""
    reader = Reader("request")
    reader.feed(data)
    return next((event for event in reader.events() if isinstance(event, Head)), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message that a conforming recipient may make of the octets.

    content   without the chunked transfer coding; after a switch of protocols, the octets of the tunnel
    interim   the interim responses before it
    complete  whether it is complete, as far as the octets and the end of the connection tell
    repairs   the anomalies that were repaired; where the last is fatal, only the fragment before it is left
    surplus   octets that followed and are no part of it
    """

    version: bytes
    status: int
    reason: bytes
    fields: Fields
    content: bytes
    trailers: Fields
    interim: tuple[Head, ...]
    complete: bool
    repairs: tuple[Anomaly, ...]
    surplus: bytes


def readings(
    data: bytes, *, method: bytes = b"GET", clean_end: bool | None = None, upgrade: bool = False
) -> tuple[Reading, ...]:
    """All the messages that a conforming recipient may make of these octets, the plainest first; possibly none.

    clean_end: True after FIN (under TLS: a closure alert), False after a reset and the like, None while still open.
    Where no anomaly is found there is one reading. Else the first is the one with the repairs that the lenient reader
    makes, and others follow where clauses leave a choice: how a fold is replaced (RFC 9112, 5.2), whether control
    characters are retained (RFC 9110, 5.5), a status code outside 100 to 599 taken as a 5xx (RFC 9110, 15), an end
    after the last chunk without the empty line (RFC 9112: complete by 8, not terminated by 7.1).
    """
    found: list[Reading] = []
    for literal in (False, True):
        reader = Reader("response", method=method, upgrade=upgrade, literal=literal)
        reader.feed(data)
        if clean_end is not None:
            reader.close(clean_end)
        found += _choices(list(reader.events()), reader.anomalies)
        if not reader.anomalies:  # nothing was repaired, so there was no choice
            break
    return tuple(dict.fromkeys(found))


def _choices(events: list[Event], anomalies: list[Anomaly]) -> list[Reading]:
    reading = _reading(events, anomalies)
    if reading is None:
        return []
    choices = [reading]
    if End(False, TRAILERS_CUT, "incomplete") in events:
        choices.append(replace(reading, complete=True))
    if any(anomaly.kind is Kind.STATUS_RANGE for anomaly in anomalies):
        choices += [replace(choice, status=500) for choice in choices]
    return choices


def _reading(events: list[Event], anomalies: list[Anomaly]) -> Reading | None:
    heads = [event for event in events if isinstance(event, Head)]
    if not heads or not heads[-1].final:
        return None
    head = heads[-1]
    trailers = [event.fields for event in events if isinstance(event, Trailers)]
    return Reading(
        version=head.version,
        status=head.status,
        reason=head.reason,
        fields=head.fields,
        content=b"".join(event.data for event in events if isinstance(event, Content | Tunnelled)),
        trailers=trailers[0] if trailers else Fields(),
        interim=tuple(heads[:-1]),
        complete=any(isinstance(event, End) and event.complete for event in events),
        repairs=tuple(anomaly for anomaly in anomalies if anomaly.kind is not Kind.SURPLUS),
        surplus=b"".join(event.data for event in events if isinstance(event, Surplus)),
    )
