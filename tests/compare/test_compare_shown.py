"""The comparison told: in a terminal of any width, as JSON as its schema has it, as a page that is whole and safe."""

import asyncio
import html.parser
import re

import pytest

from lab.compare.causes import Causes
from lab.compare.comparison import Comparison, trials
from lab.compare.pair import trials as pair
from lab.compare.performing import try_all
from lab.compare.visits import Tried
from lab.show.compare.page import page
from lab.show.compare.record import comparison_record
from lab.show.compare.text import comparison_lines
from lab.show.markup import Markup, safe, tag
from lab.show.records import as_line, schema
from lab.show.text.lines import Style, plain
from lab.transcript import Player
from tests.compare.habits import Habitual, Heard
from tests.show.test_show_records import faults

HOSTILE = b"<script>alert(1)</script>\x1b[31m\xe2\x80\xae"


async def hostile(heard: Heard) -> bytes:
    return b"HTTP/1.1 502 %b\r\nProxy-Status: x;error=<b>\r\nContent-Length: 0\r\n\r\n" % HOSTILE


@pytest.fixture(scope="module")
def of_hostile() -> Comparison:
    """The pair on a gateway that says what no terminal and no browser should be told; nothing else was tried."""
    left_out = {trial.name: Tried(trial, None, why_not="left <out>") for trial in trials()}
    tried = asyncio.run(try_all(pair(), Habitual(hostile)))
    return Comparison(Player("<b>", "\x1b[31m", "&"), {**left_out, **tried}, Causes(), 1.25)


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("most", [40, 60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(reference: Comparison, most: int, everything: bool) -> None:
    text = plain(comparison_lines(reference, most, everything=everything))
    assert max(map(len, text.splitlines())) <= min(most, 130)


@pytest.mark.parametrize("most", [60, 80, 120])
def test_the_terminal_says_it_all(reference: Comparison, most: int) -> None:
    text = plain(comparison_lines(reference, most))
    words = " ".join(text.split())
    for name in ("definition", "indication", "resolution", "502 Bad Gateway", "304 Not Modified", "another upstream"):
        assert name in words
    assert words.count("holds partly") >= 8
    assert "What people do about a 502" in words
    assert "cured" in words


def test_colour_is_never_the_only_carrier(reference: Comparison) -> None:
    for line in comparison_lines(reference, 120, everything=True):
        for span in line:
            if span.style in (Style.GOOD, Style.BAD, Style.DOUBT):
                assert re.search(r"[a-z]{2}", span.text), span


def test_the_evidence_is_one_flag_away(reference: Comparison) -> None:
    short, long = (plain(comparison_lines(reference, 120, everything=each)) for each in (False, True))
    assert "performance " not in short
    for sentence in ("The page itself had cost", "of 1,000,000 bytes, validated by the upstream:"):
        assert sentence not in short.partition("What people do")[0]
        assert sentence in long
    found = reference.tried["a 502"].transcript
    assert found is not None
    assert f"a 502, visit 2 (performance {found.performance}" in long
    assert "Transcript of a 304 of the upstream" in long
    assert "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3" in long


def test_a_client_that_ended_it_itself_was_not_kept_waiting(reference: Comparison) -> None:
    """Nobody listens where the gateway should be; a client breaks off: nothing hung."""
    text = " ".join(plain(comparison_lines(reference, 120, everything=True)).split())
    unheard = text.partition("nobody listens where the gateway should be, visit 1 ")[2]
    assert " client: sent nothing client: got nothing upstream: got 0 bytes" in unheard[:200]
    broken_off = text.partition("connection breaks while the page comes, visit 1 ")[2]
    assert "HTTP/1.1 200 OK (made by upstream)" in broken_off[:200]


def test_json_is_what_the_schema_says(reference: Comparison, of_hostile: Comparison) -> None:
    for each in (reference, of_hostile):
        record = comparison_record(each)
        assert list(faults(record, schema("compare"))) == []
        assert as_line(record).isascii()
        named = {part["name"] for part in record["evidence"]}
        assert len(named) == len(record["evidence"])
        for claim in (*record["claims"], *record["remedies"], *record["stages"]):
            assert set(claim["evidence"]) <= named
        for row in record["rows"]:
            assert set(row["cells"]["502"]["evidence"]) <= named


class Reader(html.parser.HTMLParser):
    """Which elements there are, and whether they are closed in order."""

    EMPTY = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(document: str) -> Reader:
    reader = Reader()
    reader.feed(document)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_is_whole_and_belongs_to_nobody_else(reference: Comparison) -> None:
    document = page(reference)
    seen = read(document).seen
    assert document.startswith('<!doctype html>\n<html lang="en">')
    assert not {"script", "link", "img", "iframe"} & {name for name, _ in seen}
    assert not re.search(r"url\(|@import", document)
    links = {attributes["href"] for name, attributes in seen if name == "a"}
    assert links
    assert all(str(link).startswith("https://www.rfc-editor.org/rfc/rfc") for link in links)
    assert "prefers-color-scheme: dark" in document
    assert "@media print" in document


def test_tables_have_heads_and_captions(reference: Comparison) -> None:
    seen = read(page(reference)).seen
    assert [name for name, _ in seen].count("caption") == [name for name, _ in seen].count("table") == 3
    scopes = [attributes.get("scope") for name, attributes in seen if name == "th"]
    assert None not in scopes
    assert scopes.count("row") == 7 + 8
    assert scopes.count("rowgroup") == 2


def test_nothing_gets_in_unescaped(of_hostile: Comparison) -> None:
    document = page(of_hostile)
    seen = {name for name, _ in read(document).seen}
    assert "script" not in seen
    assert "&lt;script&gt;" in document
    assert "left &lt;out&gt;" in document
    assert not re.search("[\x1b\u202e]", document)
    text = plain(comparison_lines(of_hostile, 100, everything=True))
    assert not re.search("[\x1b\u202e]", text)


def test_markup_is_escaped_once() -> None:
    assert safe("<&>") == "&lt;&amp;&gt;"
    assert safe(Markup("<b>")) == "<b>"
    assert tag("p", "a < b", ("c", tag("b", "&")), class_='"x"') == '<p class="&quot;x&quot;">a &lt; bc<b>&amp;</b></p>'
