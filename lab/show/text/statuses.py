"""Status codes in words."""

from http import HTTPStatus

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


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 byte`, `2,000 bytes`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
