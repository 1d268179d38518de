"""The messages that a conforming recipient may make of the octets of a response."""

from dataclasses import dataclass, replace

from lab.h1.anomalies import Anomaly
from lab.h1.events import Broken, Content, End, Head, Surplus, Trailers, Tunnelled
from lab.h1.fields import Fields
from lab.h1.kinds import Kind
from lab.h1.reader import Reader


@dataclass(frozen=True, slots=True)
class Reading:
    """One message that a conforming recipient may make of the octets.

    interim   the interim responses before it
    complete  whether it is complete, as far as the octets and the end of the connection tell
    repairs   the anomalies that were repaired (the last may be one after which only a fragment is left)
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
    makes, and others follow where a clause leaves a choice: how a fold is replaced, whether control characters are
    retained (RFC 9110, 5.5), a status code outside 100 to 599 taken as a 5xx (RFC 9110, 15), an end without the empty
    line after the last chunk (RFC 9112, 8: the last chunk came; 7.1: the coding is not terminated).
    """
    found: list[Reading] = []
    for literal in (False, True):
        reading = _read(data, method, clean_end, upgrade, literal)
        for one in _choices(reading) if reading is not None else ():
            if one not in found:
                found.append(one)
    return tuple(found)


def _choices(reading: Reading) -> tuple[Reading, ...]:
    if any(anomaly.kind is Kind.STATUS_RANGE for anomaly in reading.repairs):
        return reading, replace(reading, status=500)
    return (reading,)


def _read(data: bytes, method: bytes, clean_end: bool | None, upgrade: bool, literal: bool) -> Reading | None:
    reader = Reader("response", method=method, upgrade=upgrade, literal=literal)
    reader.feed(data)
    if clean_end is not None:
        reader.close(clean_end)
    heads: list[Head] = []
    content: list[bytes] = []
    surplus = b""
    trailers = Fields()
    complete = False
    for event in reader.events():
        match event:
            case Head():
                heads.append(event)
            case Content() | Tunnelled():
                content.append(event.data)
            case Trailers():
                trailers = event.fields
            case End():
                complete = event.complete
            case Surplus():
                surplus += event.data
            case Broken():
                pass
    if not heads or not heads[-1].final:
        return None
    head = heads[-1]
    repairs = tuple(anomaly for anomaly in reader.anomalies if anomaly.kind is not Kind.SURPLUS)
    return Reading(
        head.version, head.status, head.reason, head.fields, b"".join(content), trailers, tuple(heads[:-1]), complete,
        repairs, surplus,
    )  # fmt: skip
