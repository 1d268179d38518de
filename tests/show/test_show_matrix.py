"""The matrix: scenarios by gateways in letters, drawn and in characters."""

import re
from xml.etree import ElementTree

import pytest

from lab.show.matrix import LETTERS, Cell, arranged, cell_of
from lab.show.svg.matrix import matrix
from lab.show.text.lines import plain, width
from lab.show.text.matrix import matrix_lines
from lab.verdict import FAILS, READS, Verdict
from tests.show.staged import broken_promise


def cell(scenario: str, gateway: str, verdict: Verdict, variant: str = "", got: str = "200 OK, relayed") -> Cell:
    return Cell(scenario, variant, gateway, verdict, got)


FEW = (
    cell("first/garbage", "reference", Verdict.CONFORMS),
    cell("first/garbage", "other", Verdict.DEVIATES, got="200 OK, disguised"),
    cell("tls/expired", "reference", Verdict.CONFORMS, "TLS 1.2"),
    cell("tls/expired", "reference", Verdict.INADVISABLE, "TLS 1.3"),
)


def test_a_letter_for_each_scenario_and_gateway() -> None:
    assert plain(matrix_lines(FEW, 60)) == (
        "1 reference\n"
        "2 other\n"
        "\n"
        "first     1 2\n"
        "  garbage k B\n"
        "\n"
        "tls       1 2\n"
        "  expired a\n"
        "\n"
        "1 reference: 2 scenarios; a 1, k 1\n"
        "2 other: 2 scenarios; B 1\n"
        "B breaks the rule, a against advice, k keeps the rule.\n"
        "  Capitals fail a test. Of several variants the worst\n"
        "  counts.\n"
    )


@pytest.mark.parametrize("columns", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    many = [cell(f"first/{'x' * 100}", f"gateway {n}", Verdict.CONFORMS) for n in range(6)]
    assert all(width(row) <= columns for row in matrix_lines(many, columns))


def test_each_verdict_has_a_letter_of_its_own_and_what_fails_a_capital() -> None:
    assert len(set(LETTERS.values())) == len(Verdict)
    assert {each for each in Verdict if LETTERS[each].isupper()} == FAILS


def test_the_worst_of_the_variants_counts_and_the_title_tells_each() -> None:
    (place, empty) = arranged(FEW).chapters[1].rows[0].places
    assert place.verdict is Verdict.INADVISABLE
    assert place.says == "[TLS 1.2] keeps the rule: 200 OK, relayed; [TLS 1.3] against advice: 200 OK, relayed"
    assert (empty.letter, empty.says) == (" ", "not played")


def test_it_says_in_words_what_it_shows_in_letters() -> None:
    root = ElementTree.fromstring(matrix(FEW))
    space = "{http://www.w3.org/2000/svg}"
    desc = root.findtext(f"{space}desc") or ""
    titles = [each.text for each in root.iter(f"{space}title")]
    assert "B breaks the rule" in desc
    assert "other: B 1." in desc
    assert "first/garbage on other: breaks the rule: 200 OK, disguised" in titles
    assert "first on other: B 1" in titles
    assert matrix(FEW) == matrix(FEW)


def test_what_fails_is_told_without_colour() -> None:
    solid = re.findall(r'<text class="inverse[^>]*>(.)</text>', matrix(FEW))
    assert solid == ["B"]


def test_every_scenario_is_there_once_however_many_there_are() -> None:
    many = [cell(f"chapter{n // 30}/scenario_{n}", g, Verdict.CONFORMS) for n in range(307) for g in ("a", "b")]
    drawn = matrix(many)
    assert all(drawn.count(f">scenario {n}</text>") == 1 for n in range(307))
    assert ", continued" in drawn
    high = float(re.findall(r'height="([\d.]+)"', drawn)[0])
    assert high < 2500
    assert len(drawn) < 500_000


def test_of_a_performance_little_is_kept() -> None:
    kept = cell_of(broken_promise())
    assert (kept.chapter, kept.name, kept.gateway) == ("first", "broken_promise", "reference")
    assert kept.got == "200 OK, cut-short"
    assert READS[kept.verdict]


def test_of_nothing_there_is_a_picture_too() -> None:
    ElementTree.fromstring(matrix([]))
    assert plain(matrix_lines([], 80)) == "Nothing was played.\n"


def test_names_are_escaped() -> None:
    bad = [cell("first/<script>\x1b[2J\u202e", "]]>&\x00", Verdict.CONFORMS, got="\x07")]
    ElementTree.fromstring(matrix(bad))
    for shown in (matrix(bad), plain(matrix_lines(bad, 80))):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", shown)
