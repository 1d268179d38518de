"""The HAR document, performance by performance."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from lab.show.har.entries import entries
from lab.show.records import Record, as_line
from lab.verdict import READS, Judgement
from lab.version import VERSION

_ABOUT = (
    "Times count from 1 January 1970, when the first performance began; each further one begins at a full second. The"
    " entries of the upstream connections are what the upstream saw: nobody but the lab could write them down."
)
_SECOND = 1_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 1 << 62


def har(judgements: Iterable[Judgement]) -> Iterator[str]:
    """One document, in pieces: an entry is the largest."""
    creator = {"name": "badgateway", "version": VERSION}
    head = as_line({"log": {"version": "1.2", "creator": creator, "comment": _ABOUT}})
    yield head.removesuffix("}}") + ', "entries": ['
    pages: list[Record] = []
    begin, between = 0, "\n"
    for judgement in judgements:
        pages.append(_page(judgement, f"page_{len(pages) + 1}", begin))
        for at, entry in entries(judgement, len(pages)):
            moment = {"pageref": pages[-1]["id"], "startedDateTime": _time(begin + at)}
            yield between + as_line(moment | entry)
            between = ",\n"
        begin += -(-judgement.transcript.elapsed // _SECOND) * _SECOND
    yield '\n], "pages": [\n' + ",\n".join(map(as_line, pages)) + "\n]}}\n"


def _page(judgement: Judgement, name: str, begin: int) -> Record:
    why = f" ({judgement.why})" if judgement.why else ""
    return {
        "startedDateTime": _time(begin),
        "id": name,
        "title": f"{judgement.case.name} on {judgement.transcript.gateway.full_name}",
        "pageTimings": {"onContentLoad": -1, "onLoad": -1},
        "comment": f"{READS[judgement.verdict]}{why}. {judgement.case.scenario.lesson}",
    }


def _time(nanoseconds: int) -> str:
    at = _EPOCH + timedelta(microseconds=min(nanoseconds, _LATEST) // 1000)
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")
