"""The transcript as a table: a row for each event, its bytes a line each."""

from itertools import islice

from lab.show.markup import Markup, tag
from lab.show.text.statuses import counted
from lab.show.text.wire import Row, rows
from lab.transcript import Transcript

MOST_ROWS, LAST_ROWS = 300, 60
"""Of one transcript so many rows are shown, and of these so many from its end."""


def transcript_table(transcript: Transcript) -> Markup:
    """Everything that happened, then what the gateway itself said; of very much the middle is left out, and said."""
    heads = (tag("th", head, scope="col") for head in ("ms", "who", "what", "bytes or words"))
    return tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", *_events(transcript), *_log(transcript)),
        class_="transcript",
    )


def _events(transcript: Transcript) -> list[Markup]:
    count, all_rows = len(transcript.events), rows(transcript)
    if count <= MOST_ROWS:
        return [_row(row) for row in all_rows]
    shown = [_row(row) for row in islice(all_rows, MOST_ROWS - LAST_ROWS)]
    between = count - MOST_ROWS
    faults = [_row(row) for row in islice(all_rows, between) if row.loud]
    left_out = f"{counted(between - len(faults), 'event')} left out: badgateway show -v tells them all"
    return [*shown, _note(left_out), *faults[:LAST_ROWS], *map(_row, all_rows)]


def _log(transcript: Transcript) -> list[Markup]:
    found = [_row(Row(-1, "gateway", "says", (), said, False)) for said in transcript.log[:MOST_ROWS]]
    if len(transcript.log) > MOST_ROWS:
        found.append(_note(f"{counted(len(transcript.log) - MOST_ROWS, 'more line')} of its log left out"))
    return found


def _row(row: Row) -> Markup:
    data = [tag("code", each) for each in row.data]
    detail = [tag("span", row.detail)] if row.detail else []
    sign = "!! " if row.loud else ""
    cells = (
        tag("td", f"{row.at / 1e6:.1f}" if row.at >= 0 else ""),
        tag("td", row.party),
        tag("td", f"{sign}{row.says}"),
        tag("td", *data, *detail),
    )
    return tag("tr", *cells, class_="fault" if row.loud else f"is-{row.party.split()[0]}")


def _note(says: str) -> Markup:
    return tag("tr", tag("td", f"... {says} ...", colspan="4", class_="soft"))
