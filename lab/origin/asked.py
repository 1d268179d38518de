"""What an origin was asked, and what it answered."""

from dataclasses import dataclass

from lab.h1 import Fields
from lab.origin.answering import Answer

# By these an answer may differ, or the way of a request through caches does.
_TOLD = (
    b"If-Match", b"If-None-Match", b"If-Modified-Since", b"If-Unmodified-Since", b"If-Range", b"Range",
    b"Accept-Encoding", b"Accept-Language", b"Cache-Control", b"Pragma", b"Via",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request and its answer.

    target  as it came; `fields`: conditions, ranges, preferences and directives of the request; `octets`: of content
    """

    method: str
    target: str
    fields: tuple[tuple[str, str], ...]
    status: int
    octets: int

    def get(self, name: str) -> str | None:
        """The value of the first of these fields with this name."""
        return next((value for each, value in self.fields if each.lower() == name.lower()), None)

    @property
    def record(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "method": self.method, "target": self.target, "fields": [list(each) for each in self.fields],
            "status": self.status, "octets": self.octets,
        }  # fmt: skip


def asked(method: str, target: str, fields: Fields, answer: Answer) -> Asked:
    told = tuple((name.decode(), value.decode("latin-1")) for name in _TOLD for value in fields.get(name))
    return Asked(method, target, told, answer.status, answer.octets)
