"""Whatever came over a wire, nothing of it steers a terminal, breaks a line of JSON or makes XML ill-formed."""

import io
import json
import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.script import ReceiveRequest, Send
from lab.show import broken_expectations, whole_transcript
from lab.show.escape import octets, visible, wire_lines
from lab.show.junit import junit
from lab.show.records import as_line, run_records, scenario_record
from lab.show.terminal import Terminal
from lab.show.text.lines import Line, Span, line, plain
from lab.show.text.page import page
from lab.show.text.report import report
from lab.show.text.table import columns_for, rows
from lab.transcript import What
from lab.verdict import Judgement
from tests.show.staged import ASKS, client, played, scenario, upstream

NASTY = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([
        b"\x1b[2J\x1b]0;owned\x07", b"[red]markup[/red] [link=x]y[/link]", "\u202egnp.exe\u2066".encode(),
        b"\x00\x7f\x9b31m", b"]]><!-- & \" ' </testcase>",
        b"HTTP/1.1 200 \x1b[31mOK\r\nX: \x08\x08\r\nProxy-Status: \x1b; error=dns_error\r\n\r\n",
        "\ud800".encode("utf-8", "surrogatepass"), b"\r\r\r\n\n", b"\xff\xfe\xef\xbf\xbf",
    ]),
)  # fmt: skip
TEXT = st.text(max_size=40) | st.sampled_from(["\x1b[31m", "\u202e", "\u2028", "[bold]", "\ud800", "\ufffe", "\x85"])


def shown(text: str) -> None:
    """Nothing but printable characters and the ends of lines."""
    for char in text.replace("\n", ""):
        assert char.isprintable(), f"{char!r} ({unicodedata.category(char)}) in {text!r}"


def judgement_of(data: bytes, detail: str) -> Judgement:
    """A performance in which both parties, the gateway's log and every detail are nasty."""
    story = scenario(upstream=[ReceiveRequest(), Send(data or b"x", wrong=f"wrong {detail}", right=Send(b"x"))])
    return played(
        story,
        [
            client(What.SENT, ASKS + data),
            upstream(What.RECEIVED, data),
            upstream(What.SENT, data),
            upstream(What.DELIVERED, detail=f"wrong {detail}"),
            upstream(What.SECURED, detail=detail),
            client(What.RECEIVED, data),
            client(What.ALERT_RECEIVED, detail=detail),
            client(What.ENDED),
        ],
        log=(detail, data.decode("latin-1")),
        failure=detail,
    )


def told(judgement: Judgement) -> list[Line]:
    columns = columns_for([judgement.case.name], 80)
    return [
        *report(judgement, 80, everything=True), *report(judgement, 40), *rows(judgement, columns),
        *page(judgement.case.scenario, 80),
    ]  # fmt: skip


@given(NASTY, TEXT)
@settings(max_examples=60)
def test_on_a_terminal(data: bytes, detail: str) -> None:
    judgement = judgement_of(data, detail)
    shown(plain(told(judgement)))
    shown(broken_expectations(judgement))
    shown(whole_transcript(judgement.transcript))
    stream = io.StringIO()
    Terminal(stream).show(told(judgement))
    # Rich has understood none of it as markup: what it prints is what was to be printed.
    assert stream.getvalue().split() == plain(told(judgement)).split()


@given(NASTY, TEXT)
@settings(max_examples=60)
def test_in_json(data: bytes, detail: str) -> None:
    judgement = judgement_of(data, detail)
    for record in (*run_records(judgement), scenario_record(judgement.case.scenario)):
        text = as_line(record)
        assert re.fullmatch(r"[ -~]+", text)
        assert json.loads(text) == json.loads(json.dumps(record))


@given(NASTY, TEXT)
@settings(max_examples=60)
def test_in_xml(data: bytes, detail: str) -> None:
    text = junit([judgement_of(data, detail)])
    ElementTree.fromstring(text.encode("utf-8"))
    shown(text)


@given(st.binary(max_size=200))
def test_bytes_look_as_in_a_literal_and_can_be_read_back(data: bytes) -> None:
    literal = octets(data).replace("'", "\\'")
    assert eval(f"b'{literal}'") == data
    assert b"".join(wire_lines(data)) == data


@given(st.text())
def test_visible_text_is_printable_and_what_was_printable_stays(text: str) -> None:
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("look", ["[bold red]x[/]", "\x1b[1m", "\u202e"])
def test_a_span_is_safe_from_the_start(look: str) -> None:
    assert line(Span(look))[0].text == visible(look)
