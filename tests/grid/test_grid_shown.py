"""The grid told: in a terminal of any width, as records, and as a page that any browser can read."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from lab.grid import Asking, Cell, Sort, State
from lab.outcome import Maker, Outcome
from lab.show.grid.cases import told
from lab.show.grid.counts import KINDS, counts
from lab.show.grid.counts import told as told_in_numbers
from lab.show.grid.page import page
from lab.show.grid.records import grid_record
from lab.show.grid.text import compact, explained, grouped, heading, in_one_row, legend, reasons, summary, table
from lab.show.grid.words import SIGNS, remarks, sign, words
from lab.show.records import schema
from lab.show.text.lines import Style, plain, width
from tests.grid.staged import LOST, PLAYER, STORED, UNSET, case, cell, got, later, row
from tests.show.test_show_records import faults

NASTY = "\x1b[31m<script>alert('x')</script>\u202e&\""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (cell(), "x 502 reported"),
        (cell(met=got(304, Outcome.STORED, Maker.STORE)), "= 304 stored"),
        (cell(met=got(200, Outcome.STALE, Maker.STORE)), "~ 200 stale"),
        (cell(met=got(200, Outcome.CUT_SHORT, Maker.UPSTREAM)), "/ 200 cut-short"),
        (cell(met=got(None, Outcome.NO_ANSWER, Maker.NOBODY)), "- - no-answer"),
        (cell(**UNSET), "? not set up"),
        (cell(**{**UNSET, "why": "the fault never took effect"}), "? not tested"),
        (cell(**{**UNSET, "sort": Sort.NOT_APPLICABLE}), "  does not apply"),
    ],
)
def test_a_cell_in_a_sign_and_words(given: Cell, said: str) -> None:
    assert words(given) == said


def test_no_two_outcomes_have_the_same_sign() -> None:
    assert set(SIGNS) == set(Outcome)
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert all(mark.isascii() and len(mark) == 1 for mark in SIGNS.values())


def test_what_is_worth_knowing_has_a_letter() -> None:
    assert remarks(cell()) == ()
    assert remarks(cell(**LOST)) == (("L", "copy lost"),)
    assert remarks(later(cell(**STORED))) == (("!", "disguised later"), ("S", "failure stored"))
    assert remarks(cell(met=got(200, Outcome.DISGUISED, Maker.UPSTREAM), disguised=True)) == ()


@pytest.mark.parametrize("columns", [30, 60, 76, 80, 100, 120])
def test_a_table_keeps_to_the_width(columns: int) -> None:
    given = case(title="A long title. " * 12)
    full = {**row(given, **STORED), (State.COLD, Asking.PLAIN): cell(given, State.COLD, **UNSET)}
    lines = [*table(given, full, columns), *reasons(full.values(), columns), *explained(cell(given), columns)]
    assert max(map(width, lines)) <= columns
    said = plain(lines)
    assert said.count("failure stored") == 14
    assert re.sub(r"\s+", " ", said).count("cold plain: state not set up: it is not") == 1


@pytest.mark.parametrize("columns", [114, 120, 200])
def test_a_row_keeps_to_the_width(columns: int) -> None:
    assert in_one_row(columns)
    given = case(address=f"first/{'long_' * 30}")
    lines = [*heading(columns), *compact(case(), row(case(), **LOST), columns), *compact(given, row(given), columns)]
    assert max(map(width, lines)) <= columns
    assert plain(lines).count("x502L") == 15
    assert plain(lines).count("x502") == 30


def test_narrow_terminals_have_no_rows() -> None:
    assert not in_one_row(100)


def test_cells_that_were_not_played_are_blank() -> None:
    some = {(State.COLD, Asking.PLAIN): cell()}
    for said in (plain(compact(case(), some, 120)), plain(table(case(), some, 100)), told(case(), some).article):
        assert said.count("502") == 1


def test_the_legend_has_what_was_used() -> None:
    assert [line[0].text[2] for line in legend({"x", "L"}, 200)] == ["x", "L"]
    assert list(legend(set(), 100)) == []


def test_a_reason_is_told_once() -> None:
    given = {"a/one": "it is so", "a/two": "it is so", "b": "it is not", "c": "it is so", "d": "it is so"}
    assert plain(grouped(given, "scenario", "left out", 200)).splitlines() == [
        "", "4 scenarios left out: it is so (a/one; a/two; c; ...)", "1 scenario left out: it is not (b)",
    ]  # fmt: skip
    assert list(grouped({}, "cell", "unknown", 80)) == []


def test_a_sum_of_each_kind() -> None:
    found = counts([
        cell(), cell(**LOST), cell(**STORED), later(cell()), cell(**UNSET),
        cell(**{**UNSET, "why": "the fault never took effect"}), cell(**{**UNSET, "sort": Sort.NOT_APPLICABLE}),
        cell(met=got(304, Outcome.STORED, Maker.STORE)), cell(met=got(200, Outcome.STALE, Maker.STORE)),
        cell(met=got(200, Outcome.STORED, Maker.STORE)), cell(met=got(200, Outcome.CUT_SHORT, Maker.UPSTREAM)),
        cell(met=got(504)), cell(met=got(200, Outcome.RELAYED, Maker.UPSTREAM)), cell(met=got(None, Outcome.HUNG)),
    ])  # fmt: skip
    expected = dict.fromkeys(KINDS, 1) | {"": 14, "502": 4}
    assert found == expected
    assert told_in_numbers(counts([cell()])) == (
        "502: 1, 304: 0, stale 200: 0, cut: 0, disguised: 0, copy lost: 0, failure stored: 0"
    )
    (_, line) = summary("reference", counts([cell()]), seconds=1.25, asked=15, width=200)
    assert line[0].text.startswith("reference: 1 of 15 cells in 1.2 s; 502: 1")
    assert line[0].style is Style.STRONG


@pytest.mark.parametrize(
    "given",
    [
        cell(), cell(**LOST), cell(**STORED), cell(**UNSET), later(cell()),
        cell(met=got(None, Outcome.HUNG, Maker.NOBODY), asked_with=None),
    ],
)  # fmt: skip
def test_records_keep_their_schema(given: Cell) -> None:
    assert _at_fault(grid_record(given)) == []


def test_the_schema_can_fail() -> None:
    assert _at_fault({**grid_record(cell()), "state": "lukewarm"}) != []


def _at_fault(record: dict[str, Any]) -> list[str]:
    known = schema("grid")
    of_got = known.pop("$defs")["got"]
    found = [each for name in ("met", "last") if record[name] is not None for each in faults(record[name], of_got)]
    for name in ("met", "last"):
        known["properties"][name] = {"type": "null"}
    return [*found, *faults({**record, "met": None, "last": None}, known)]


class Reader(HTMLParser):
    """Looks at a page as a browser does: which elements are open, which ids there are, what is linked to."""

    void = frozenset({"meta", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in self.void:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read_page(given: list[Any], **more: Any) -> tuple[Reader, str]:
    text = "".join(page(PLAYER, given, counts([cell()]), {"x", "L"}, {"b/c": "why <not>"}, asked=1, **more))
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader, text


def test_the_page_is_whole_and_needs_nothing_else() -> None:
    cases = [case(), case(address="tls/a[b]"), case(address="tls/a.5b.b")]
    reader, text = read_page([told(each, row(each, **LOST)) for each in cases])
    assert {"title", "h1", "h2", "h3", "caption", "thead", "details", "summary", "main"} <= reader.seen
    assert not reader.seen & {"script", "link", "img", "iframe"}
    assert len(set(reader.ids)) == len(reader.ids)
    assert reader.links
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    assert "why &lt;not&gt;" in text
    assert 'lang="en"' in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert "http://" not in text
    assert "https://" not in text


def test_whatever_came_over_a_wire_is_escaped() -> None:
    given = case(title=NASTY, lesson=NASTY, address=f"first/{NASTY}")
    facts = got(cache_status=NASTY, proxy_status=NASTY * 100)
    one = told(given, row(given, met=facts, why=NASTY, asked_with=NASTY, asked_last_with=NASTY))
    reader, text = read_page([one])
    assert "script" not in reader.seen
    for page_text in (text, plain(explained(cell(given, met=facts, asked_with=NASTY, asked_last_with=NASTY), 100))):
        assert not {"\x1b", "\u202e"} & set(page_text)
    assert len(one.article) < 100_000


def test_only_rows_with_nothing_to_look_into_are_calm() -> None:
    assert "calm" in told(case(), row(case())).row
    for more in (LOST, STORED, UNSET):
        assert "calm" not in told(case(), row(case(), **more)).row
    assert sign(cell()) in told(case(), row(case())).row
