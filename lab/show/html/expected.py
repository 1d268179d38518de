"""What was expected of the gateway, how firmly, on whose authority, and whether it was kept; and its control."""

from collections.abc import Iterator

from lab.outcome import answer_to, facts
from lab.rfc import RFC
from lab.show.html.contents import badge
from lab.show.markup import Markup, tag
from lab.show.text.statuses import counted, status_words
from lab.transcript import Asked, Transcript
from lab.verdict import Judged, Judgement, incomplete_control


def expectations(judgement: Judgement) -> Markup:
    """A table with a row for each; the clauses are links."""
    several = len({held.act for held in judgement.judged}) > 1
    heads = (*(("request",) if several else ()), "how firmly", "what is expected", "verdict")
    return tag(
        "table",
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *(_row(held, several) for held in judgement.judged)),
        class_="expected",
    )


def _row(held: Judged, several: bool) -> Markup:
    wanted = held.expectation
    why = tag("p", f"because: {wanted.why}", class_="soft") if wanted.why else ""
    clauses = tag("ul", *(tag("li", clause_link(each)) for each in wanted.clauses)) if wanted.clauses else ""
    return tag(
        "tr",
        tag("td", str(held.act)) if several else "",
        tag("td", tag("b", wanted.keyword)),
        tag("th", tag("p", wanted.says), why, clauses, scope="row"),
        tag("td", badge(held.verdict)),
    )


def clause_link(clause: RFC) -> Markup:
    title = f", {clause.title}" if clause.exists else ""
    return tag("a", f"{clause}{title}", href=clause.url)


def control_in_short(control: Transcript) -> Iterator[Markup]:
    """What the client got when the case was repaired, a sentence for each request."""
    if broken := incomplete_control(control):
        yield tag("p", f"Repaired, it did not come through, so that nothing could be judged: {broken}.")
        return
    said = "; ".join(_came(control, asked) for asked in control.asked)
    yield tag("p", f"Repaired, the same case came through complete: {said}.")


def _came(control: Transcript, asked: Asked) -> str:
    found, read = facts(control, asked), answer_to(control, asked)
    content = f" and {counted(len(read.content), 'byte')}" if read.content else ""
    return f"{status_words(found.status)}{content}, {found.outcome}" if found.status else str(found.outcome)
