"""What an origin answers: from a resource and a request to an answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lab.h1 import Fields
from lab.origin.content import Content, Part, whole
from lab.origin.resources import Representation, Resource
from lab.semantics.dates import http_date
from lab.semantics.preconditions import Validators, if_range, refusal
from lab.semantics.ranges import byte_ranges, content_range

BOUNDARY = "THIS-IS-WHERE-ONE-PART-ENDS"

# What a 304, and a 206 to a request with If-Range, has in common with the 200 (RFC 9110, 15.4.5 and 15.3.7), and what
# is there for caches alone.
_KEPT = ("Date", "Cache-Control", "Expires", "CDN-Cache-Control", "ETag", "Vary", "Content-Location")


@dataclass(frozen=True)
class Answer:
    """A response. Its Content-Length stands in `fields`; `parts` are empty for a HEAD."""

    status: int
    fields: Mapping[str, str]
    parts: tuple[Part, ...] = ()

    @property
    def octets(self) -> int:
        """How many octets of content it has."""
        return sum(len(part.positions) for part in self.parts)


def plain(status: int, text: str, now: float, **more: str) -> Answer:
    """An answer that says a line of text; with 204, nothing."""
    content = b"" if status == 204 else f"{text}\n".encode()
    told = {} if status == 204 else {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(content))}
    return Answer(status, {"Date": http_date(now), **more, **told}, (whole(content),))


def retrieved(resource: Resource, method: bytes, asked: Fields, now: float) -> Answer:
    """The answer to a GET or HEAD (RFC 9110, 9.3.1, 9.3.2 and 13.2)."""
    selected = _selected(resource, asked)
    current = validators(resource, selected.content, now)
    fields = _fields(resource, selected, current, now)
    refused = refusal(method, asked, current, now)
    if refused == 412:
        answer = plain(412, "The condition of the request is not met.", now)
    elif refused == 304:
        kept = _KEPT if current.etag else (*_KEPT, "Last-Modified")
        answer = Answer(304, {name: fields[name] for name in fields if name in kept})
    else:
        whole_length = {"Content-Length": str(len(selected.content))}
        answer = Answer(200, {**fields, **whole_length}, (whole(selected.content),))
        if method == b"GET" and asked.has(b"range") and if_range(asked.get(b"if-range"), current, now):
            answer = _ranges(answer, fields, selected.content, asked, now)
    return replace(answer, parts=()) if method == b"HEAD" else answer


def validators(resource: Resource, content: Content, now: float) -> Validators:
    """Those of a representation with these octets. A change that the clock has not come to is now (8.8.2.1)."""
    modified = None if resource.modified is None else min(resource.modified, int(now))
    settled = resource.settled and modified is not None and modified < int(now)
    return Validators(resource.entity_tag(content), modified, settled)


def _selected(resource: Resource, asked: Fields) -> Representation:
    accepted = (
        b", ".join(lines) if (lines := asked.get(name)) else None for name in (b"accept-encoding", b"accept-language")
    )
    return resource.representation(*accepted)


def _fields(resource: Resource, selected: Representation, current: Validators, now: float) -> dict[str, str]:
    """The fields of a 200, but for Content-Length; without those for which there is nothing to say."""
    found = {
        "Date": http_date(now),
        "Cache-Control": resource.cache_control,
        "Expires": "" if resource.expires is None else http_date(now + resource.expires),
        "ETag": current.etag.wire.decode() if current.etag else "",
        "Last-Modified": "" if current.modified is None else http_date(current.modified),
        "Vary": resource.vary,
        "Accept-Ranges": "bytes",
        "Content-Type": resource.media_type,
        "Content-Language": selected.language,
        "Content-Encoding": selected.coding,
        **resource.fields,
    }
    return {name: value for name, value in found.items() if value}


def _ranges(full: Answer, fields: dict[str, str], content: Content, asked: Fields, now: float) -> Answer:
    """The 206 or 416 in place of a 200 (RFC 9110, 14.2); the 200 where the Range is to be ignored."""
    lines, length = asked.get(b"range"), len(content)
    ranges = byte_ranges(lines[0], length) if len(lines) == 1 else None
    if ranges is None:
        return full
    if not ranges:
        unsatisfied = {"Content-Range": content_range(None, length).decode()}
        return plain(416, f"There are {length} octets: none of those that you ask for.", now, **unsatisfied)
    media_type = fields["Content-Type"]
    if asked.has(b"if-range"):
        fields = {name: fields[name] for name in fields if name in _KEPT}
    if len(ranges) == 1:
        parts: tuple[Part, ...] = (Part(content, ranges[0]),)
        told = {"Content-Range": content_range(ranges[0], length).decode()}
    else:
        parts = _multipart(content, ranges, media_type)
        told = {"Content-Type": f"multipart/byteranges; boundary={BOUNDARY}"}
    answer = Answer(206, {**fields, **told}, parts)
    return replace(answer, fields={**answer.fields, "Content-Length": str(answer.octets)})


def _multipart(content: Content, ranges: tuple[range, ...], media_type: str) -> tuple[Part, ...]:
    """The parts between their boundaries (RFC 9110, 14.6)."""
    parts = []
    for number, positions in enumerate(ranges):
        said = content_range(positions, len(content)).decode()
        start = "\r\n" if number else ""
        head = f"{start}--{BOUNDARY}\r\nContent-Type: {media_type}\r\nContent-Range: {said}\r\n\r\n"
        parts += [whole(head.encode()), Part(content, positions)]
    return (*parts, whole(f"\r\n--{BOUNDARY}--\r\n".encode()))
