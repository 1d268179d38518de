"""Who made the answer, and how one can tell."""

from collections.abc import Iterator

from lab.compare import remedies
from lab.compare.cells.cell import Cell, Second, evidence, listed, missing, second
from lab.compare.comparison import Comparison
from lab.compare.pair import BAD_GATEWAY, FROM_STORE, NOT_MODIFIED
from lab.compare.results import All, exhibit
from lab.outcome import Maker
from lab.rfc import RFC
from lab.script import NONCE_FIELD
from lab.transcript import What

_MADE = {
    Maker.GATEWAY: "The gateway made it",
    Maker.UPSTREAM: "The upstream made it, and the gateway passed it on",
    Maker.STORE: "The gateway made it from its store",
    Maker.NOBODY: "Nobody made an answer",
}
_TELLING = ("proxy-status", "cache-status", "via", "age")
_NAMES = {"proxy-status": "Proxy-Status", "cache-status": "Cache-Status", "via": "Via", "age": "Age"}
_CLAUSES = (RFC(9209, "2"), RFC(9211, "2"), RFC(9110, "7.6.3"), RFC(9111, "5.1"))


def cells(comparison: Comparison) -> dict[int, Cell]:
    tried = comparison.tried
    bad, unchanged, stored = (second(tried, trial) for trial in (BAD_GATEWAY, NOT_MODIFIED, FROM_STORE))
    relayed = tried[remedies.trial(remedies.AGAIN, remedies.OWN_COPY).name]
    its_own = (exhibit(relayed, 1),) if relayed.told else ()
    return {
        502: Cell(
            (*(_told(bad) if bad else [missing(tried, BAD_GATEWAY)]), *_relayed(tried)),
            (*evidence(bad), *its_own), _CLAUSES,
        ),
        304: Cell(
            (
                *(_told(unchanged) if unchanged else [missing(tried, NOT_MODIFIED)]),
                *(_told(stored) if stored else [missing(tried, FROM_STORE)]),
            ),
            evidence(unchanged, stored), _CLAUSES,
        ),
    }  # fmt: skip


def _told(second: Second) -> Iterator[str]:
    """Who made it, and by which signs; the signs that are not there say something, too."""
    there = [name for name in _TELLING if second.field(name)]
    absent = [_NAMES[name] for name in _TELLING if name not in there]
    signs = [_sign(second, name) for name in there]
    nonce = _mark(second)
    yield f"{second.facts.status or 'No status'}: {_MADE[second.facts.made_by].lower()}."
    lacking = f"; no {listed(absent, 'or')}" if absent else ""
    yield f"One can tell by {'; '.join([*signs, nonce])}{lacking}."


def _sign(second: Second, name: str) -> str:
    if name == "proxy-status" and second.facts.errors:
        return f"Proxy-Status, error={second.facts.errors[-1]}"
    value = second.field(name)
    if name == "cache-status":
        found = [part.strip() for part in value.split(";")[1:]]
        return f"Cache-Status, {'; '.join(part for part in found if not part.startswith('key=')) or value}"
    return f"{_NAMES[name]}: {value}" if name == "age" else _NAMES[name]


def _mark(second: Second) -> str:
    """What the mark says that the upstream puts on each of its answers (in the lab, a field with a nonce)."""
    nonce, transcript = second.field(NONCE_FIELD.decode().lower()), second.tried.transcript
    assert transcript is not None
    acts = [event.act for event in transcript.events if event.what is What.ANSWERED and event.detail == nonce]
    if not nonce or not acts:
        return "no mark of the upstream's"
    return "the upstream's mark" if acts[-1] == second.seen.act else "the mark of an earlier answer of the upstream's"


def _relayed(tried: All) -> Iterator[str]:
    """A 502 that the upstream has written looks otherwise."""
    found = tried[remedies.trial(remedies.AGAIN, remedies.OWN_COPY).name]
    if not found.told:
        return
    first = found.seen[0]
    if first.facts is None or first.status != 502 or first.facts.made_by is not Maker.UPSTREAM:
        return
    fields = dict(first.facts.fields)
    signs = "without Proxy-Status" if "proxy-status" not in fields else "with Proxy-Status"
    yield f"A 502 that came from behind the gateway looks otherwise: {signs}{', with Via' if 'via' in fields else ''}."
