"""What pictures are made of: valid for any bytes, readable in every scheme, measured so that text fits."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.show.svg.colours import DARK, LIGHT, Scheme, Tone, style_sheet
from lab.show.svg.kit import box, fitting, group, octets_row, picture, width, words, wrapped

NASTY = st.text(max_size=60) | st.sampled_from(
    ["\x00\x1b[31m", "\ud800", "\ufffe\uffff", "]]><script>&\"'", "\u202eabc\u2066", "\x85\u2028\r\n\t", "é漢字\u0301"]
)


@settings(max_examples=40, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_a_picture_is_valid_xml_for_any_text(title: str, desc: str, text: str) -> None:
    drawn = picture(title, desc, 100, 50, [words(1, 2, text), group(octets_row(1, 2, [(text, Tone.BAD)]), title=text)])
    ElementTree.fromstring(drawn)
    assert drawn.isprintable() or drawn.replace("\n", "").isprintable()
    assert "<script" not in drawn


def test_a_picture_tells_itself_in_words_and_fetches_nothing() -> None:
    drawn = picture("A title", "A story.", 100, 50, [box(1, 2, 3, 4, Tone.FAULT)])
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    by_id = {each.get("id"): each.text for each in root if each.get("id")}
    assert [by_id[name] for name in (root.get("aria-labelledby") or "").split()] == ["A title", "A story."]
    assert "href" not in drawn
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in drawn
    assert "@import" not in drawn


def test_the_names_of_two_pictures_do_not_clash_and_the_same_gives_the_same() -> None:
    one, other = (picture("A", "B", 9, 9, [words(1, 1, text)]) for text in ("one", "other"))
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', other))
    assert one == picture("A", "B", 9, 9, [words(1, 1, "one")])


def test_no_rule_reaches_anything_else_on_a_page() -> None:
    css = re.sub(r"@media[^{]+\{", "", style_sheet())
    selectors = [each.strip() for rule in re.findall(r"([^{}]+)\{", css) for each in rule.split(",")]
    assert selectors
    assert all(each.startswith(".lab-picture") for each in selectors)


def _brightness(colour: str) -> float:
    """Relative luminance, after WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("scheme", "tone"), [*product([LIGHT, DARK], Tone)])
def test_words_can_be_read_on_every_ground_that_they_stand_on(scheme: Scheme, tone: Tone) -> None:
    """WCAG AA: 4.5 to 1 for text."""
    ink, soft = scheme.tones[tone]
    for ground in (scheme.paper, scheme.card, soft):
        assert _contrast(ink, ground) >= 4.5, (tone, ground)


def test_on_paper_there_are_no_backgrounds() -> None:
    on_paper = style_sheet().partition("@media print")[2]
    for tone in Tone:
        assert f".soft.{tone}" in on_paper
    assert ".paper" in on_paper


@settings(max_examples=40, deadline=None)
@given(NASTY, st.integers(20, 400), st.booleans())
def test_what_is_cut_fits_and_says_so(text: str, most: int, octets: bool) -> None:
    found = fitting(text, most, octets=octets)
    assert width(found, octets=octets) <= most
    assert found.isprintable()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.integers(40, 400))
def test_what_is_wrapped_fits_and_loses_nothing(text: str, most: int) -> None:
    rows = wrapped(text, most)
    assert all(width(row) <= most or len(row) == 1 for row in rows)
    assert "".join(rows).replace(" ", "") == "".join(wrapped(text, 1_000_000)).replace(" ", "")


@settings(max_examples=40, deadline=None)
@given(NASTY, st.integers(60, 300), st.integers(1, 3))
def test_of_too_many_lines_the_last_is_cut(text: str, most: int, lines: int) -> None:
    rows = wrapped(text * 5, most, lines=lines)
    assert len(rows) <= lines
    assert all(width(row) <= most or len(row) == 1 for row in rows)
