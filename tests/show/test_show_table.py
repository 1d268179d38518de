"""The table of many, the summary, and what a test says when a rule was broken."""

import re

import pytest

from lab.expect import Answers, Follows, Must, MustNot, Should, ShouldNot
from lab.rfc import RFC
from lab.scenario import Case
from lab.show import broken_expectations, whole_transcript
from lab.show.text.difference import difference
from lab.show.text.expectations import expectation_lines
from lab.show.text.lines import plain
from lab.show.text.summary import summary, tally
from lab.show.text.table import columns_for, heading, rows
from lab.transcript import Asked, Player, Transcript
from lab.verdict import Judgement, Verdict, not_applicable
from tests.show.staged import broken_promise, played, scenario

CLAUSE = RFC(9110, "15")
BREAKS = Must("it is a 418", Answers(418), CLAUSE, "for the test")
EVENTS = broken_promise().transcript.events


def judged(*expect: object) -> Judgement:
    return played(scenario(expect=list(expect)), EVENTS)


def table(judgement: Judgement, width: int) -> list[str]:
    columns = columns_for([judgement.case.name], width)
    return plain([*heading(columns), *rows(judgement, columns)]).splitlines()


def test_one_row_with_everything_where_there_is_room() -> None:
    assert table(broken_promise(), 120) == [
        "scenario          status  outcome        made by   Proxy-Status error                 verdict",
        "  broken_promise  200     cut-short      upstream                                     keeps the rule",
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120])
def test_the_words_of_the_verdict_are_there_at_any_width(width: int) -> None:
    said = " ".join(" ".join(table(judged(BREAKS), width)).split())
    for word in ("broken_promise"[: width - 3], "200", "cut-short", "upstream", "!! breaks the rule"):
        assert word in said


@pytest.mark.parametrize("kind", [Must, MustNot, Should, ShouldNot])
def test_a_keyword_stands_apart_from_its_sentence(kind: type[Must | MustNot | Should | ShouldNot]) -> None:
    said = plain(expectation_lines(kind("it is a 418", Answers(418), CLAUSE, "for the test"), 80))
    assert re.match(rf"{kind.keyword} +it is a 418\n", said)


def test_a_short_name_leaves_room_for_the_requests_below_it() -> None:
    asked = (Asked(1, 1, "GET", "/a"), Asked(2, 1, "GET", "/a"))
    judgement = played(scenario(reports=[]), [], asked=asked)
    [*_, last] = plain([*rows(judgement, columns_for(["first/a"], 120))]).splitlines()
    assert re.match(r"    request 2  -  ", last)


def test_several_requests_have_a_row_each() -> None:
    asked = (Asked(1, 1, "GET", "/a"), Asked(2, 1, "GET", "/a"))
    said = table(played(scenario(reports=[]), [], asked=asked), 120)
    assert said[2].startswith("    request 2")


def test_what_could_not_be_played_says_why() -> None:
    case = Case(scenario(needs=["cache"]))
    judgement = not_applicable(case, Transcript(case.name, "", Player("g"), False, "", (), ()), ["cache"])
    said = table(judgement, 120)
    assert said[1].endswith("does not apply")
    assert said[2].strip() == "it lacks: cache"


@pytest.mark.parametrize(
    ("judgement", "bad"),
    [
        (judged(), False),
        (judged(Should("it is a 418", Answers(418), CLAUSE)), False),
        (judged(BREAKS), True),
        (judged(Follows("it is a 418", Answers(418), CLAUSE, "so it is")), True),
        (played(scenario(), []), True),
    ],
    ids=["conforms", "inadvisable", "deviates", "unsound", "inconclusive"],
)
def test_what_fails(judgement: Judgement, bad: bool) -> None:
    assert tally([judgement]).failed is bad


def test_the_summary_counts_and_names_what_failed() -> None:
    told = plain(summary(tally([judged(), judged(BREAKS)]), seconds=1.25, asked=2, width=80)).splitlines()
    assert told == [
        "2 performances on reference in 1.2 s; keeps the rule: 1, breaks the rule: 1.",
        "",
        "!! breaks the rule  first/broken_promise: MUST: it is a 418",
        "Look closer: badgateway run 'first/broken_promise' -v",
    ]


def test_the_summary_says_when_not_all_was_played() -> None:
    assert plain(summary(tally([judged()]), seconds=2, asked=9, width=80)).startswith("1 of 9 on reference in 2.0 s; ")
    assert plain(summary(tally([]), seconds=2, asked=9, width=80)) == "0 of 9 in 2.0 s.\n"


def test_the_summary_says_no_time_that_nobody_knows() -> None:
    assert plain(summary(tally([judged()]), seconds=None, asked=1, width=80)).startswith("1 performance on reference; ")


def test_a_broken_rule_is_told_with_wanted_found_line_and_transcript() -> None:
    expectation = MustNot("it is a 200", Answers(200), CLAUSE, "for the test")
    said = broken_expectations(judged(expectation, BREAKS))
    assert "MUST NOT  it is a 200: !! breaks the rule" in said
    assert "          because: for the test" in said
    assert "RFC 9110, 15, Status Codes: https://www.rfc-editor.org/rfc/rfc9110#section-15" in said
    assert "wanted    not: the client gets status 200" in said
    assert "wanted    the client gets status 418" in said
    assert "found     200 (cut-short), made by upstream" in said
    assert f"written   {__file__}:{expectation.where.line}" in said
    assert "closes (FIN)" in said
    assert judged(BREAKS).verdict is Verdict.DEVIATES


def test_a_transcript_that_could_not_be_played() -> None:
    assert "!! could not be played: no address" in whole_transcript(
        played(scenario(), [], failure="no address").transcript
    )


def test_right_against_wrong() -> None:
    assert plain(difference(Case(scenario()), 80)).splitlines() == [
        "upstream, every connection",
        "  reads   a request",
        r"  sends   HTTP/1.1 200 OK\r\n",
        r"  sends   Content-Length: 20\r\n",
        r"  sends   \r\n",
        "  sends   hello",
        "- closes  FIN",
        "+ sends   xxxxxxxxxxxxxxx",
    ]
    assert difference(Case(scenario(upstream=[], reports=[])), 80) == []
