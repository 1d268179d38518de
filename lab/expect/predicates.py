"""What can be asked of one exchange: predicates over its facts, with the words to say them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from lab.outcome import Facts, Outcome, cache_parameters
from lab.rfc import ERROR_TYPES
from lab.rfc.cache_status import CACHE_PARAMETERS, FORWARD_REASONS
from lab.script import ClientSees, Mistake, UpstreamSees, written_here


@dataclass(frozen=True)
class Predicate:
    """A question with the answer yes or no, and its wording.

    What decides it is a function of this module with what it compares, so that a predicate can be pickled.
    """

    says: str
    holds: Callable[[Facts], bool] = field(compare=False, repr=False)  # the words say all that it decides

    def __call__(self, facts: Facts) -> bool:
        return self.holds(facts)


Asking = Predicate | ClientSees | UpstreamSees


def predicate(given: object) -> Predicate:
    """What may stand in an expectation, as a predicate: also an event (these bytes arrived there)."""
    if isinstance(given, Predicate):
        return given
    if isinstance(given, ClientSees):
        return Predicate(f"the client sees {given.what!r}", partial(_among, "client_received", given.what))
    if isinstance(given, UpstreamSees):
        return Predicate(f"the upstream sees {given.what!r}", partial(_among, "upstream_received", given.what))
    if callable(given) and hasattr(given, "__name__"):
        raise Mistake(f"{given.__name__} needs its brackets: {given.__name__}(...)", written_here())
    raise Mistake(f"an expectation takes a predicate such as Answers(502), not {given!r}", written_here())


def _among(attribute: str, what: bytes, facts: Facts) -> bool:
    received: bytes = getattr(facts, attribute)
    return what in received


def Not(asking: Asking) -> Predicate:
    """The opposite."""
    inner = predicate(asking)
    return Predicate(f"not: {inner.says}", partial(_none, (inner,)))


def Either(*asking: Asking) -> Predicate:
    """At least one of these."""
    inner = tuple(map(predicate, asking))
    if not inner:
        raise Mistake("Either() takes one predicate or more", written_here())
    return Predicate(" or ".join(each.says for each in inner), partial(_any, inner))


def _any(inner: tuple[Predicate, ...], facts: Facts) -> bool:
    return any(each(facts) for each in inner)


def _none(inner: tuple[Predicate, ...], facts: Facts) -> bool:
    return not _any(inner, facts)


def Answers(*statuses: int) -> Predicate:
    """The final status that the client gets is one of these."""
    for status in statuses or (None,):
        if not isinstance(status, int) or not 100 <= status <= 599:
            raise Mistake(f"Answers takes status codes, not {status!r}", written_here())
    words = " or ".join(map(str, statuses))
    return Predicate(f"the client gets status {words}", partial(_one_of, "status", statuses))


def _one_of(attribute: str, wanted: tuple[object, ...], facts: Facts) -> bool:
    return getattr(facts, attribute) in wanted


def Got(*outcomes: str) -> Predicate:
    """What reached the client is one of these outcomes: `Got("reported", "cut-short")`."""
    for outcome in outcomes or ("",):
        if outcome not in list(Outcome):
            raise Mistake(f"Got takes outcomes ({', '.join(Outcome)}), not {outcome!r}", written_here())
    return Predicate(f"the client gets: {' or '.join(outcomes)}", partial(_one_of, "outcome", outcomes))


def Disguised() -> Predicate:
    """It looks complete and is no reading of what the upstream sent."""
    return Predicate("the answer is disguised", partial(_one_of, "outcome", (Outcome.DISGUISED,)))


def Complete() -> Predicate:
    """The client got an answer that is complete by its framing."""
    return Predicate("the answer is complete", partial(_one_of, "complete", (True,)))


def MadeBy(who: str) -> Predicate:
    """The answer was made by the upstream, the gateway, the store, or nobody."""
    if who not in ("upstream", "gateway", "store", "nobody"):
        raise Mistake(f"MadeBy takes upstream, gateway, store or nobody, not {who!r}", written_here())
    return Predicate(f"the answer is made by {who}", partial(_one_of, "made_by", (who,)))


def Reports(error: str) -> Predicate:
    """Proxy-Status names this error type (RFC 9209, 2.3)."""
    if error not in list(ERROR_TYPES):
        raise Mistake(f"Reports takes an error type of RFC 9209, not {error!r}", written_here())
    return Predicate(f"Proxy-Status reports {error}", partial(_reported, error))


def _reported(error: str, facts: Facts) -> bool:
    return error in facts.errors


def CacheSays(what: str) -> Predicate:
    """Cache-Status has this parameter (RFC 9211, 2), with this value if one is given: `CacheSays("fwd=stale")`,
    `CacheSays("ttl")`. Of one that is a Boolean, the name alone asks whether it is true."""
    name, _, value = what.partition("=") if isinstance(what, str) else ("", "", "")
    if name not in CACHE_PARAMETERS:
        raise Mistake(f"CacheSays takes a parameter of RFC 9211, alone or as fwd=stale, not {what!r}", written_here())
    if name == "fwd" and value and value not in FORWARD_REASONS:
        raise Mistake(f"fwd= is one of {', '.join(FORWARD_REASONS)}, not {value!r}", written_here())
    if not value and CACHE_PARAMETERS[name].types == ("Boolean",):
        value = "?1"
    return Predicate(f"Cache-Status says {what}", partial(_cache_says, name, value))


def _cache_says(name: str, value: str, facts: Facts) -> bool:
    return any(name == said and value in ("", given) for said, given in cache_parameters(facts.cache_status))


def HasField(line: bytes) -> Predicate:
    """The header section that the client gets has this field line, its name in capitals or not: `Room: 7`, or any
    value where only a name is given. Read from the bytes, for what should not be there is often malformed."""
    if not isinstance(line, bytes) or not line.strip():
        raise Mistake(f"HasField takes a field line such as b'Room: 7', not {line!r}", written_here())
    return Predicate(f"the client gets the field line {line!r}", partial(_has_field, _parts(line)))


def _has_field(wanted: tuple[bytes, ...], facts: Facts) -> bool:
    return any(wanted in (found, found[:1]) for found in map(_parts, _header_section(facts.client_received)))


_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.[0-9] 1(?!01)[0-9]{2}\b")


def _header_section(received: bytes) -> list[bytes]:
    """The lines of the final answer up to the empty line, as they came."""
    while _INTERIM.match(received):
        received = _EMPTY_LINE.split(received, 1)[-1] if _EMPTY_LINE.search(received) else b""
    return _EMPTY_LINE.split(received, 1)[0].split(b"\n")[1:]


def _parts(line: bytes) -> tuple[bytes, ...]:
    """A name in small letters, and its value if there is one."""
    name, colon, value = line.partition(b":")
    return (name.strip().lower(), value.strip()) if colon else (name.strip().lower(),)


def Asked(times: int) -> Predicate:
    """The upstream received exactly so many requests in this act."""
    if isinstance(times, bool) or not isinstance(times, int) or times < 0:
        raise Mistake(f"Asked takes a number of requests, not {times!r}", written_here())
    words = {0: "the upstream is not asked", 1: "the upstream is asked once"}
    return Predicate(
        words.get(times, f"the upstream is asked {times} times"), partial(_one_of, "upstream_requests", (times,))
    )
