"""The marks of a film for a video file, as ffmpeg reads them."""

from lab.show.escape import visible
from lab.show.film.values import Film, marks

_STEERING = str.maketrans({char: f"\\{char}" for char in "=;#\\\n"})


def ffmetadata(film: Film) -> str:
    """The title and a chapter for each mark, in milliseconds, in ffmpeg's format for metadata."""
    lines = [";FFMETADATA1", f"title={_escaped(film.title)}"]
    for mark in marks(film):
        lines += [
            "[CHAPTER]", "TIMEBASE=1/1000", f"START={mark.begin * 1000:.0f}", f"END={mark.end * 1000:.0f}",
            f"title={_escaped(mark.title)}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return visible(text).translate(_STEERING)
