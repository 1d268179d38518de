"""What stands under an arrow: a few wire lines of what was sent, or what the gateway changed in it.

Lines that decide (start line, framing, conditions, caching) come first; where something is wrong, the wrong ones. CR LF
is shown where it matters: where something is marked, and where a line ends otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lab.script import Marked, Send
from lab.show.changes import Way as Direction
from lab.show.changes import rows as change_rows
from lab.show.escape import octets, wire_lines
from lab.show.svg.kit import Tone
from lab.show.text.difference import wrong_lines
from lab.show.text.messages import Message
from lab.show.text.statuses import counted
from lab.tls.records import first_record

MOST, MOST_MARKED, MOST_CHANGES = 4, 6, 7
"""So many lines stand under an arrow, under a marked one, and of a diff."""

_LOOKED_AT, _SHOWN = 65_536, 400
"""So many octets of a message are looked at, and so many of a line are shown."""

_TELLING = (
    b"content-length", b"transfer-encoding", b"proxy-status", b"cache-status", b"etag", b"last-modified",
    b"cache-control", b"age", b"if-none-match", b"if-modified-since", b"if-match", b"if-unmodified-since", b"range",
    b"content-range", b"location", b"expect", b"upgrade", b"retry-after", b"vary", b"expires", b"connection",
    b"content-encoding", b"trailer", b"link",
)  # fmt: skip


@dataclass(frozen=True)
class Under:
    """One line under an arrow. `sign`: of a diff, or of what is wrong. `end`: the end of a wire line, made visible."""

    text: str
    tone: Tone = Tone.PLAIN
    sign: str = ""
    end: str = ""
    words: bool = False


def octets_under(message: Message, marked: Marked | None) -> tuple[Under, ...]:
    """The wire lines of a message. `marked`: the step to which its mark belongs."""
    data = message.data[:_LOOKED_AT]
    if not data:
        return ()
    if first_record(data) is not None:
        return ()  # the arrow says what it is
    rows = list(islice(wire_lines(data), 500))
    if message.stream is not None:
        rows = list(_of_http2(rows))
    wrong = set(wrong_lines(marked)) if isinstance(marked, Send) and marked.wrong else set()
    bad = [place for place, row in enumerate(rows) if row in wrong]
    ends = message.mark is not None or any(not row.endswith(b"\r\n") for row in _section(rows))
    chosen = _chosen(rows, bad, MOST_MARKED if message.mark else MOST)
    return tuple(_shown(rows, chosen, set(bad), message.data, ends=ends and message.stream is None))


def _of_http2(rows: Sequence[bytes]) -> Iterator[bytes]:
    """Lines that were written as HTTP/1.1 would: the start line and Host as the pseudo-header fields that they were."""
    for row in rows:
        first, _, rest = row.partition(b" ")
        if row is rows[0] and row.startswith(b"HTTP/"):
            yield b":status: %b\r\n" % rest[:3]
        elif row is rows[0] and b" HTTP/" in rest:
            yield b":method: %b, :path: %b\r\n" % (first, rest.rpartition(b" HTTP/")[0])
        else:
            yield b":authority:" + row[5:] if row.startswith(b"host: ") else row


def _section(rows: Sequence[bytes]) -> Sequence[bytes]:
    """The lines of the header section, with the empty one; none, where these are no such lines."""
    place = next((place for place, row in enumerate(rows) if row in (b"\r\n", b"\n")), None)
    return rows[: place + 1] if place else ()


def _chosen(rows: Sequence[bytes], bad: Sequence[int], most: int) -> list[int]:
    """The places of the lines that are shown, in order."""
    content = len(_section(rows)) or len(rows)
    wanted = [*bad[:most], 0]
    if bad:
        wanted += [place for place in (bad[0] - 1, bad[-1] + 1) if 0 <= place < len(rows)]
    fields = {_name(rows[place]): place for place in range(min(content, len(rows)) - 1, 0, -1)}
    wanted += [fields[name] for name in _TELLING if name in fields]
    wanted += [place for place in range(content) if rows[place] not in (b"\r\n", b"\n")]
    first = [content] if content < len(rows) else []
    wanted = [*wanted[: max(most - len(first), 1)], *first, *wanted[max(most - len(first), 1) :]]
    return sorted(set(list(dict.fromkeys(wanted))[:most]))


def _name(row: bytes) -> bytes:
    return row.partition(b":")[0].strip().lower()


def _shown(rows: Sequence[bytes], chosen: Sequence[int], bad: set[int], data: bytes, *, ends: bool) -> Iterator[Under]:
    for place in chosen:
        row = rows[place]
        end = "\r\n" if row.endswith(b"\r\n") else "\n" if row.endswith(b"\n") else ""
        text, tone = octets(row[: len(row) - len(end)][:_SHOWN]), Tone.FAULT if place in bad else Tone.PLAIN
        size = len(row) + (_rest(data) if place == len(rows) - 1 else 0)
        size_of_it = f" ({counted(size, 'byte')})" if size > _SHOWN else ""
        yield Under(text, tone, "!" if place in bad else "", size_of_it + (octets(end.encode()) if ends else ""))
    hidden = [place for place in range(len(rows)) if place not in chosen and rows[place] not in (b"\r\n", b"\n")]
    if hidden:
        more = len(hidden) + (1 if len(data) > _LOOKED_AT else 0)
        least = "at least " if len(data) > _LOOKED_AT or len(rows) == 500 else ""
        yield Under(f"and {least}{counted(more, 'line')} more", Tone.QUIET, words=True)


def _rest(data: bytes) -> int:
    """How many octets the last line goes on behind those that are looked at."""
    if len(data) <= _LOOKED_AT or data[_LOOKED_AT - 1 : _LOOKED_AT] == b"\n":
        return 0
    end = data.find(b"\n", _LOOKED_AT)
    return (len(data) if end < 0 else end + 1) - _LOOKED_AT


_TONES = {"-": Tone.BAD, "+": Tone.GOOD, "~": Tone.DOUBT, "": Tone.QUIET}


def changes_under(direction: Direction) -> tuple[Under, ...]:
    """What the gateway changed on the way, as a small diff."""
    if direction.compared and not direction.differences:
        return (Under("the gateway changed nothing", Tone.QUIET, words=True),)
    given = change_rows(direction)
    rows = [Under(text, _TONES[sign], sign, words=sign in ("", "~")) for sign, text in given]
    if any(under.sign for under in rows):
        rows.insert(0, Under("the gateway changed:", Tone.QUIET, words=True))
    if len(rows) <= MOST_CHANGES:
        return tuple(rows)
    left = len(rows) - MOST_CHANGES
    said = Under(f"and {left} more changes" if left > 1 else "and one more change", Tone.QUIET, words=True)
    return (*rows[: MOST_CHANGES - 1], said, rows[-1])
