"""Where text meets a terminal: styles, widths, encodings; and the lines that are printed there."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.show.terminal import Terminal
from lab.show.text.lines import EMPTY, Span, Style, chopped, cut, line, plain, prose, width, wrapped


def printed(text: str, encoding: str) -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    Terminal(stream).show([line(text)])
    stream.flush()
    return raw.getvalue()


def test_what_the_encoding_cannot_carry_becomes_ascii() -> None:
    assert printed("│─ “so” – it’s … 名前 >", "ascii") == b'|- "so" - it\'s ~ \\u540d\\u524d >\n'
    assert printed("│─ é", "cp437") == "│─ é\n".encode("cp437")
    assert printed("│─ é", "utf-8") == "│─ é\n".encode()


def test_markup_is_text() -> None:
    assert printed("[bold]x[/bold] :smile: [link=y]z[/link]", "utf-8") == b"[bold]x[/bold] :smile: [link=y]z[/link]\n"


def test_a_file_gets_no_colour_and_its_lines_are_not_broken() -> None:
    stream = io.StringIO()
    Terminal(stream).show([line(Span("x" * 500, Style.FAULT)), EMPTY])
    assert stream.getvalue() == "x" * 500 + "\n\n"


def test_the_width_of_what_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert Terminal(io.StringIO()).width == 120
    monkeypatch.setenv("COLUMNS", "40")
    assert Terminal(io.StringIO()).width == 40
    assert Terminal(io.StringIO()).text_width == 40
    monkeypatch.setenv("COLUMNS", "400")
    assert Terminal(io.StringIO()).text_width == 100


def test_progress_says_nothing_where_nobody_looks() -> None:
    stream = io.StringIO()
    with Terminal(stream).progress(3) as advance:
        advance("first/garbage")
    assert stream.getvalue() == ""


WORDS = st.text(alphabet="ab .,\n", max_size=200)


@given(WORDS, st.integers(20, 60))
def test_wrapped_lines_fit_and_lose_no_word(text: str, most: int) -> None:
    given_line = line(Span(text, Style.STRONG), Span(text))
    broken = list(wrapped(given_line, most, "  "))
    assert all(len(row) <= most for row in plain(broken).splitlines())  # white space at the end is not printed
    assert "".join(plain(broken).split()) == "".join(plain([given_line]).split())


@given(st.text(max_size=200), st.integers(20, 60))
def test_chopped_lines_fit_and_lose_nothing(text: str, most: int) -> None:
    broken = list(chopped(line(text), most, "    "))
    assert all(width(row) <= most for row in broken)
    joined = "".join(span.text for span in broken[0]) + "".join(span.text for row in broken[1:] for span in row[1:])
    assert joined == "".join(span.text for span in line(text))


@pytest.mark.parametrize(
    ("text", "most", "short"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("abcd", 0, ""), ("", 0, "")]
)
def test_cut(text: str, most: int, short: str) -> None:
    assert cut(text, most) == short


def test_prose_fills_paragraphs_and_leaves_what_is_indented() -> None:
    text = "One two\nthree four.\n\n    GET / HTTP/1.1\n\nFive."
    assert plain(prose(text, 12)) == "One two\nthree four.\n\n    GET / HTTP/1.1\n\nFive.\n".replace(
        "three four.", "three four."
    )
    assert plain(prose("One two\nthree four.", 80)) == "One two three four.\n"
