"""Status codes in words."""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import groupby

# The names of RFC 9110, which older versions of Python do not all know.
_NAMES = {
    302: "Found", 413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable",
    418: "(Unused)", 422: "Unprocessable Content",
}  # fmt: skip


def status_words(status: int) -> str:
    """`502 Bad Gateway`; the bare number where no RFC gives it a name."""
    if status in _NAMES:
        return f"{status} {_NAMES[status]}"
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def interim_words(statuses: Iterable[int]) -> list[str]:
    """`100`, `103`; of the same several in a row: `102 (100 times)`."""
    runs = ((status, len(list(run))) for status, run in groupby(statuses))
    return [str(status) if times == 1 else f"{status} ({times:,} times)" for status, times in runs]


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 byte`, `2,000 bytes`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
