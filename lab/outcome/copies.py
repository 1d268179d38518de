"""What a cache may make of a stored response for a request: the same again, or a 304, a part, its fields alone."""

from collections.abc import Iterable

from lab import h1
from lab.outcome.answer import Answer
from lab.outcome.facts import Fidelity
from lab.semantics.etags import entity_tag, entity_tags, matches_weakly


def copied(answer: Answer, reading: h1.Reading, method: str) -> bool:
    """Whether this is the stored answer once more: its status and its content, as far as it was asked for and came.
    Field lines may differ, since validation brings them up to date (RFC 9111, 4.3.4)."""
    final = answer.final
    if final is None or not reading.complete or final.status != reading.status:
        return False
    if method == "HEAD":
        return _length_of(final.fields) in (None, _length_of(reading.fields), b"%d" % len(reading.content))
    if not answer.complete:
        return answer.content in reading.content
    return answer.content == reading.content


def derived(answer: Answer, reading: h1.Reading, request: h1.Head | None) -> bool:
    """Whether this is a 304, 206 or 416 that a cache may make of this answer, since the request asks for it."""
    final = answer.final
    if final is None or request is None or reading.status != 200 or not reading.complete:
        return False
    if final.status == 304:
        return _asks_about(request, final.fields, reading)
    if final.status not in (206, 416) or not request.fields.has(b"range"):
        return False
    return final.status == 416 or _is_part(answer, final, reading)


def truth(answer: Answer, of_store: Iterable[h1.Reading], method: str, request: h1.Head | None) -> Fidelity:
    """Whether an answer out of a store is a copy of one that was complete, or may be made of one."""
    found = Fidelity.ALTERED
    for reading in of_store:
        if copied(answer, reading, method) or derived(answer, reading, request):
            if not reading.repairs:
                return Fidelity.EXACT
            found = Fidelity.REPAIRED
    return found


def _length_of(fields: h1.Fields) -> bytes | None:
    return next(iter(fields.get(b"content-length")), None)


def _asks_about(request: h1.Head, fields: h1.Fields, reading: h1.Reading) -> bool:
    """Whether the request has a condition that a copy with these fields can answer (RFC 9110, 13.1.2 and 13.1.3)."""
    if not request.fields.has(b"if-none-match"):
        return request.fields.has(b"if-modified-since")
    listed = entity_tags(request.fields.get(b"if-none-match"))
    if listed == "*":
        return True
    of_copy = [tag for value in (fields.get(b"etag") or reading.fields.get(b"etag")) if (tag := entity_tag(value))]
    return any(matches_weakly(each, tag) for each in listed for tag in of_copy)


def _is_part(answer: Answer, final: h1.Head, reading: h1.Reading) -> bool:
    """Whether the octets are those that Content-Range names (RFC 9110, 14.4); of several ranges, each stands in a part
    of its own (14.6), and that it is there has to do."""
    content = reading.content
    for value in final.fields.get(b"content-range"):
        span = value.removeprefix(b"bytes ").partition(b"/")[0].partition(b"-")
        if not (span[0].isdigit() and span[2].isdigit() and len(value) < 100):
            return False
        part = content[int(span[0]) : int(span[2]) + 1]
        return answer.content == part if answer.complete else answer.content in part
    return any(line and line in content for line in answer.content.split(b"\r\n"))
