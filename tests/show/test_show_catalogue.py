"""Everything in the catalogue, played once on the reference gateway: each can be told, in the room that there is."""

from collections.abc import Iterator
from contextlib import aclosing

import pytest

from lab.catalogue import load
from lab.gateways.names import gateway_named
from lab.outcome import Ending, Outcome
from lab.outcome.stages import How, stages
from lab.performance import perform_all
from lab.show.junit import junit
from lab.show.matrix import cell_of
from lab.show.records import run_records, schema
from lab.show.svg.matrix import matrix
from lab.show.svg.multiple import small_multiple
from lab.show.svg.sequence import diagram
from lab.show.svg.waterfall import waterfall
from lab.show.text.answers import answers
from lab.show.text.hex import hex_report
from lab.show.text.lines import Line, plain, width
from lab.show.text.messages import wordless
from lab.show.text.picture import MOST_LINES, picture
from lab.show.text.report import report
from lab.show.text.table import columns_for, rows
from lab.transcript import CLIENT_HOP, What
from lab.verdict import Judgement
from tests.show.drawn import fits
from tests.show.test_show_records import faults

pytestmark = pytest.mark.anyio

NARROW = 40
"""Columns: a report, which only folds, has the least room here."""


def every_picture_has_at_most_twelve_lines_and_fits_and_shows_the_fault(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        for columns in (40, 80):
            drawn = picture(judgement, columns)
            assert len(drawn) <= MOST_LINES, plain(drawn)
            assert max(map(width, drawn)) <= columns, plain(drawn)
        if judgement.delivered:  # that no fault took effect is said, and stands at no arrow
            has_its_sign(judgement, plain(drawn))


def has_its_sign(judgement: Judgement, text: str) -> None:
    marks = [e.detail for e in judgement.transcript.events if e.what is What.DELIVERED]
    for sign in ("!!", "??"):
        signed = [row for row in text.splitlines() if row.endswith(sign)]
        told = [row for row in text.splitlines() if row.startswith(sign)]
        assert bool(signed) is bool(told), text
    assert not marks or "!!" in text or "??" in text, text


def every_report_fits(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        narrow = report(judgement, NARROW, everything=True)
        for columns, found in ((NARROW, narrow), *((each, _rows(judgement, each)) for each in (NARROW, 80))):
            for row in found:
                assert len(plain([row]).rstrip()) <= columns, (judgement.case.name, plain([row]))


def _rows(judgement: Judgement, columns: int) -> Iterator[Line]:
    return rows(judgement, columns_for([judgement.case.name], columns))


def every_diagram_is_whole_and_no_text_in_it_is_over_another(judgements: list[Judgement]) -> None:
    by_scenario = {judgement.case.scenario.address: judgement for judgement in judgements}
    for judgement in by_scenario.values():
        drawn = diagram(judgement)
        fits(drawn)
        for sign in {message.mark for message in wordless(judgement) if message.mark}:
            assert f">{sign} " in drawn, judgement.case.name


def every_waterfall_is_whole_and_agrees_with_the_facts(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        for each in stages(judgement.transcript):
            assert all(each.begin <= phase.begin <= phase.end <= each.end for phase in each.phases), judgement.case.name
            complete = {
                exchange.facts.ending is Ending.COMPLETE
                for exchange in judgement.of_act(each.act)
                if each.hop == CLIENT_HOP and exchange.asked.request == each.request
            }
            assert complete <= {each.ending.how is How.COMPLETE}, judgement.case.name
    for judgement in {judgement.case.scenario.chapter: judgement for judgement in judgements}.values():
        fits(waterfall(judgement))
        fits(small_multiple([judgement]))
    fits(matrix(map(cell_of, judgements[:60])))


def octet_views_fit(judgements: list[Judgement]) -> None:
    for judgement in judgements[::6]:
        assert max(map(width, hex_report(judgement, 80))) <= 80, judgement.case.name


def every_answer_is_told_in_short_sentences(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        for exchange in judgement.exchanges:
            said = answers(exchange, judgement)
            for text in (said.got, said.made, said.tell):
                assert text.endswith((".", ")."))
                assert len(text) < 250, text
            if exchange.facts.outcome is Outcome.REPORTED:
                assert said.made.startswith("The gateway. It says why"), judgement.case.name


def every_record_keeps_the_schema(judgements: list[Judgement]) -> None:
    for judgement in judgements:
        for record in run_records(judgement):
            assert list(faults(record, schema("run"))) == []


def junit_counts_them_all(judgements: list[Judgement]) -> None:
    assert f'tests="{len(judgements[::4])}"' in junit(judgements[::4])


CHECKS = (
    every_picture_has_at_most_twelve_lines_and_fits_and_shows_the_fault,
    every_report_fits,
    every_diagram_is_whole_and_no_text_in_it_is_over_another,
    every_waterfall_is_whole_and_agrees_with_the_facts,
    octet_views_fit,
    every_answer_is_told_in_short_sentences,
    every_record_keeps_the_schema,
    junit_counts_them_all,
)


async def test_the_whole_catalogue_can_be_told(subtests: pytest.Subtests) -> None:
    """One test: however many processes share the tests, it is played once."""
    async with aclosing(perform_all(load().all_cases(), gateway_named("reference"), jobs=16)) as performed:
        judgements = [each.judgement async for each in performed]
    assert len(judgements) > 150
    for check in CHECKS:
        with subtests.test(check.__name__):
            check(judgements)
