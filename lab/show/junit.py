"""For continuous integration: the performances as JUnit XML, well-formed whatever came over the wire."""

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from lab.show.escape import visible
from lab.show.text.expectations import expectation_lines
from lab.show.text.lines import plain
from lab.show.text.report import told
from lab.show.text.wire import transcript_lines
from lab.verdict import FAILS, READS, Judgement, Verdict

_WIDTH = 120


def junit(judgements: Sequence[Judgement]) -> str:
    """A document with one suite for each chapter and one case for each performance.

    What breaks a rule or is unsound is a failure; what stayed inconclusive is an error; what does not apply, or never
    reached the upstream, is skipped.
    """
    root = ElementTree.Element("testsuites", _counts(judgements, "badgateway"))
    chapters = sorted(judgements, key=lambda each: each.case.scenario.chapter)
    for chapter, group in groupby(chapters, key=lambda each: each.case.scenario.chapter):
        members = list(group)
        suite = ElementTree.SubElement(root, "testsuite", _counts(members, chapter))
        for judgement in members:
            _case(suite, judgement)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _counts(judgements: Sequence[Judgement], name: str) -> dict[str, str]:
    return {
        "name": visible(name),
        "tests": str(len(judgements)),
        "failures": str(sum(each.verdict in FAILS for each in judgements)),
        "errors": str(sum(each.verdict is Verdict.INCONCLUSIVE for each in judgements)),
        "skipped": str(sum(each.verdict in _SKIPPED for each in judgements)),
        "time": f"{sum(each.transcript.elapsed for each in judgements) / 1e9:.3f}",
    }


_SKIPPED = (Verdict.NOT_APPLICABLE, Verdict.NOT_REACHED)


def _case(suite: ElementTree.Element, judgement: Judgement) -> None:
    gateway = judgement.transcript.gateway
    case = ElementTree.SubElement(suite, "testcase", {
        "classname": visible(f"{gateway.name}.{judgement.case.scenario.chapter}"),
        "name": visible(judgement.case.name.partition("/")[2] or judgement.case.name),
        "time": f"{judgement.transcript.elapsed / 1e9:.3f}",
    })  # fmt: skip
    broken = [held for held in judgement.judged if held.verdict in FAILS]
    says = judgement.why or "; ".join(held.expectation.says for held in broken) or READS[judgement.verdict]
    if judgement.verdict in FAILS:
        failure = ElementTree.SubElement(case, "failure", {"message": visible(says), "type": judgement.verdict})
        failure.text = plain(
            row for held in broken for row in expectation_lines(held.expectation, _WIDTH, held.verdict)
        )
    elif judgement.verdict is Verdict.INCONCLUSIVE:
        ElementTree.SubElement(case, "error", {"message": visible(says), "type": judgement.verdict})
    elif judgement.verdict in _SKIPPED:
        ElementTree.SubElement(case, "skipped", {"message": visible(says)})
    out = ElementTree.SubElement(case, "system-out")
    out.text = plain([*told(judgement, _WIDTH), *transcript_lines(judgement.transcript, _WIDTH)])
