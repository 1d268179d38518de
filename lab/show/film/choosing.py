"""Which rows of a performance's diagram a film has room for."""

from collections.abc import Iterator, Sequence

from lab.show.svg.layout import layout
from lab.show.svg.rows import Kind, Row
from lab.show.text.messages import Way
from lab.show.text.statuses import counted, status_words
from lab.transcript import CLIENT_HOP
from lab.verdict import Exchange, Judgement

MOST_ROWS = 8


def rows_of(judgement: Judgement) -> list[Row]:
    """All that say something; where those are too many, earlier acts in a line each, then without the middle."""
    drawn = [row for row in layout(judgement).rows if row.kind not in (Kind.ACT, Kind.OPENED) and not row.quiet]
    acts = sorted({row.act for row in drawn})
    for act in acts[:-1]:
        if len(drawn) > MOST_ROWS:
            drawn = list(_in_short(judgement, drawn, act))
    return drawn if len(drawn) <= MOST_ROWS else _without_middle(drawn)


def _in_short(judgement: Judgement, drawn: Sequence[Row], act: int) -> Iterator[Row]:
    """With one line for this act, unless something in it is marked."""
    of_act = [row for row in drawn if row.act == act]
    if any(row.mark for row in of_act):
        yield from drawn
        return
    got = ", ".join(map(_exchange_in_short, judgement.of_act(act)))
    first = of_act[0]
    short = Row(
        Kind.HERE, CLIENT_HOP, Way.NOWHERE, got, first.at, act, request=first.request, number=first.number
    )  # fmt: skip
    yield from (row if row is not first else short for row in drawn if row is first or row not in of_act)


def _exchange_in_short(exchange: Exchange) -> str:
    status = exchange.facts.status
    return f"{exchange.asked.method} {exchange.asked.target}: {status_words(status) if status else 'nothing'}"


def _without_middle(drawn: Sequence[Row]) -> list[Row]:
    """The first two, the first that is marked, and the last ones; how many are left out stands between."""
    marked = next((place for place, row in enumerate(drawn) if row.mark), 1)
    begin = [0, 1, *([marked] if marked > 1 else [])]
    end = range(max(len(drawn) - (MOST_ROWS - len(begin) - 1), begin[-1] + 1), len(drawn))
    shown = {*begin, *end}
    after = drawn[begin[-1]]
    text = f"... {counted(len(drawn) - len(shown), 'more step')} ..."
    note = Row(Kind.LEFT_OUT, CLIENT_HOP, Way.NOWHERE, text, after.at, after.act)
    return [*(drawn[place] for place in begin), note, *(drawn[place] for place in end)]
