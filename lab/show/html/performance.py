"""One performance as a part of a page: its story, what was seen, and everything behind it."""

from collections.abc import Iterator

from lab.show.html.changed import changed
from lab.show.html.contents import badge
from lab.show.html.expected import control_in_short, expectations
from lab.show.html.hex import hex_view
from lab.show.html.prose import prose
from lab.show.html.told import Told
from lab.show.html.wire import transcript_table
from lab.show.markup import Markup, Part, tag
from lab.show.svg.sequence import diagram
from lab.show.svg.waterfall import waterfall
from lab.show.text.answers import answers
from lab.show.text.report import SENTENCES
from lab.verdict import Judgement

_BELOW = {"h2": "h3", "h4": "h5"}


def article(told: Told, place: str) -> Iterator[Markup]:
    """The part of a page on which there are several. `place`: its id."""
    scenario = told.judgement.case.scenario
    title = tag("h3", tag("a", scenario.title or told.judgement.case.name, href=f"#{place}"), id=f"{place}--title")
    yield Markup(f'<article id="{place}" aria-labelledby="{place}--title">\n')
    yield title
    yield from sections(told, "h4")
    yield Markup('<p class="back"><a href="#contents">Contents</a></p>\n</article>\n')


def sections(told: Told, heading: str) -> Iterator[Markup]:
    """What is said of a performance below its title. `heading`: h2 or h4."""
    judgement = told.judgement
    scenario = judgement.case.scenario
    on = f" on {judgement.transcript.gateway.full_name} "
    yield tag("p", tag("code", judgement.case.name), on, badge(judgement.verdict), class_="soft")
    yield from prose(scenario.story)
    yield tag("dl", *_pair("Ask first", scenario.guess), *_pair("Take home", scenario.lesson), class_="lesson")
    yield tag(heading, "What was seen")
    if judgement.exchanges:
        yield _figure(diagram(judgement))
    yield from _answers(judgement)
    yield _verdict(judgement)
    if judgement.exchanges:
        yield tag(heading, "What the gateway changed")
        yield _wide(Markup("".join(changed(judgement))), "what the gateway changed")
        yield tag(heading, "Stages")
        yield _figure(waterfall(judgement))
    if judgement.judged:
        yield tag(heading, "What was expected")
        yield _wide(expectations(judgement), "what was expected")
    if told.control is not None:
        yield tag(heading, "The control")
        yield from control_in_short(told.control)
    yield tag(heading, "Transcript")
    yield _wide(transcript_table(judgement.transcript), "transcript")
    if judgement.transcript.events:
        yield tag("details", tag("summary", "Every octet, in hex"), hex_view(judgement, _BELOW[heading]))
    if judgement.transcript.failure:
        yield tag("p", f"!! could not be played: {judgement.transcript.failure}", class_="fault")


def _answers(judgement: Judgement) -> Iterator[Markup]:
    """The three answers of each request."""
    for number, exchange in enumerate(judgement.exchanges, 1):
        said = answers(exchange, judgement)
        if len(judgement.exchanges) > 1:
            yield tag("p", f"Request {number}: ", tag("code", f"{exchange.asked.method} {exchange.asked.target}"))
        pairs = (("You got", said.got), ("Who made it", said.made), ("Could you tell?", said.tell))
        yield tag("dl", *(part for term, says in pairs for part in _pair(term, says)), class_="answers")


def _verdict(judgement: Judgement) -> Markup:
    why = f" ({judgement.why})" if judgement.why else ""
    return tag("p", tag("b", "Verdict "), badge(judgement.verdict, SENTENCES[judgement.verdict]), why)


def _pair(term: str, says: str) -> tuple[Part, Part]:
    return tag("dt", term), tag("dd", says)


def _figure(picture: str) -> Markup:
    """A picture scrolls by itself where it is wider than the page."""
    return tag("figure", Markup(picture), tabindex="0")


def _wide(table: Markup, name: str) -> Markup:
    """What may be wider than a telephone: it scrolls by itself, by keyboard too."""
    return tag("div", table, class_="wide", role="region", aria_label=name, tabindex="0")
