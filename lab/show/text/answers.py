"""Three answers for every exchange: You got. Who made it. Could you tell?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lab.outcome import Answer, Ending, Facts, Fidelity, Maker, Outcome, answer_to
from lab.rfc.errors import ERROR_TYPES
from lab.script import Marked, Send
from lab.show.sides import served_first, was_tried
from lab.show.text.difference import wrong_lines
from lab.show.text.in_short import quoted, trailers_in_short
from lab.show.text.lines import Line, Span, Style, line, wrapped
from lab.show.text.messages import marked_steps
from lab.show.text.statuses import counted, interim_words, status_words
from lab.transcript import CLIENT_HOP, What
from lab.verdict import Exchange, Judgement


@dataclass(frozen=True)
class Answers:
    """The three answers, each a sentence or two that needs no knowledge of HTTP."""

    got: str
    made: str
    tell: str


def answers(exchange: Exchange, judgement: Judgement) -> Answers:
    """The answers for one exchange of a performance."""
    facts, read = exchange.facts, answer_to(judgement.transcript, exchange.asked)
    if (failed := _not_connected(exchange, judgement)) is not None:
        return Answers(
            f"Nothing: there was no connection to the gateway ({failed}).", _MADE_BY[facts.made_by](facts, read), "Yes."
        )
    if facts.outcome is Outcome.RELAYED:
        tell = _relayed(facts, _behind(exchange, judgement))
    else:
        tell = _COULD_TELL[facts.outcome](facts, read)
    made = _by_store(exchange, judgement) if facts.made_by is Maker.STORE else _MADE_BY[facts.made_by](facts, read)
    return Answers(_got(facts, read), made, tell)


def _not_connected(exchange: Exchange, judgement: Judgement) -> str | None:
    asked = exchange.asked
    events = judgement.transcript.on(CLIENT_HOP, act=asked.act, request=asked.request)
    return next((event.detail for event in events if event.what is What.FAILED), None)


def answer_lines(given: Answers, width: int) -> Iterator[Line]:
    for question, answer in (("You got", given.got), ("Who made it", given.made), ("Could you tell?", given.tell)):
        yield from wrapped(line(Span(f"{question:17}", Style.STRONG), answer), width, " " * 17)


# You got


def _got(facts: Facts, read: Answer) -> str:
    if not read.received:
        return "Nothing." if facts.outcome is Outcome.NO_ANSWER else "Nothing, however long you waited."
    if read.broken:
        return f"Bytes that are no HTTP answer: {quoted(facts.client_received)}."
    interim = ", ".join(interim_words(facts.interim))
    before = f"{interim} first, then " if interim else ""
    if read.final is None:
        only = f"Only {interim}" if interim else "The beginning of an answer"
        return f"{only} ({counted(len(facts.client_received), 'byte')}), and no status that counts."
    surplus = f", and then {counted(facts.surplus, 'byte')} that belong to no answer" if facts.surplus else ""
    trailers = f", and trailer fields at the end ({trailers_in_short(read.trailers)})" if read.trailers else ""
    return f"{before}{status_words(read.final.status)}{_content(read)}{trailers}{surplus}."


def _content(read: Answer) -> str:
    assert read.final is not None
    framing, got = read.final.framing, len(read.content)
    if framing.kind == "none":
        return ", without content"
    if framing.kind == "tunnel":
        return ": from here on the connection speaks another protocol"
    if framing.length is not None and not read.complete:
        return f" and {got:,} of {counted(framing.length or 0, 'byte')}"
    return f" and {counted(got, 'byte')}" if got else ", without content"


# Who made it


def _by_upstream(facts: Facts, read: Answer) -> str:
    if facts.ending is not Ending.COMPLETE:
        return "The upstream. The gateway passed on what came."
    if facts.fidelity is Fidelity.REPAIRED and read.anomalies:
        return "The upstream. The gateway passed it on, damage included."
    return {
        Fidelity.EXACT: "The upstream. The gateway passed it on as it was.",
        Fidelity.REPAIRED: "The upstream. The gateway put its form right on the way.",
    }.get(facts.fidelity, "Neither of them alone: the gateway made it out of what the upstream sent.")


def _by_gateway(facts: Facts, read: Answer) -> str:
    reason = next((ERROR_TYPES[error] for error in reversed(facts.errors) if error in ERROR_TYPES), None)
    return f"The gateway. It says why ({reason.name}): {reason.when}" if reason else "The gateway. It does not say why."


def _by_store(exchange: Exchange, judgement: Judgement) -> str:
    asked = _whether_asked(exchange, judgement)
    if exchange.facts.fidelity is Fidelity.ALTERED:
        return f"The gateway's store, {asked}: but it is no copy of anything that the upstream had sent whole."
    return f"The gateway's store: a copy of an earlier answer, {asked}."


def _whether_asked(exchange: Exchange, judgement: Judgement) -> str:
    """Nobody can see when the gateway tried to reach an upstream that did not hear it."""
    transcript, asked = judgement.transcript, exchange.asked
    if served_first(transcript, asked):
        return "before it asked the upstream"
    if exchange.facts.upstream_requests:
        return "after it had asked the upstream"
    tried = was_tried(transcript, asked.act)
    return "while the upstream could not be asked" if tried else "without asking the upstream"


_MADE_BY: Mapping[Maker, Callable[[Facts, Answer], str]] = {
    Maker.UPSTREAM: _by_upstream,
    Maker.GATEWAY: _by_gateway,
    Maker.NOBODY: lambda *_: "Nobody: no answer with a status came.",
}


# Could you tell?


class Behind(StrEnum):
    """What has happened behind the gateway by the time of an answer."""

    ALL_IS_WELL = "all is well"
    UNUSUAL = "legal, but tricky"
    WRONG = "something wrong"
    UNSEEN = "something wrong that bytes cannot show"
    ITSELF = "the answer itself is what was wrong"


def _behind(exchange: Exchange, judgement: Judgement) -> Behind:
    marked = marked_steps(judgement.case)
    events = judgement.transcript.events
    sayings = [e.detail for e in events if e.what is What.DELIVERED and e.act <= exchange.asked.act]
    if any(_is_wrong_itself(exchange.facts.content, marked.get(says)) for says in sayings):
        return Behind.ITSELF
    if any(says not in marked or marked[says].wrong for says in sayings):
        return Behind.UNSEEN if judgement.case.scenario.unseen else Behind.WRONG
    return Behind.UNUSUAL if sayings else Behind.ALL_IS_WELL


def _is_wrong_itself(content: bytes, step: Marked | None) -> bool:
    """Whether the content stands in an answer that the step should not have sent: leftovers taken for an answer."""
    if not isinstance(step, Send) or step.wrong is None:
        return False
    wrong = wrong_lines(step)
    return bool(content) and content in b"".join(wrong) and any(row.startswith(b"HTTP/") for row in wrong)


def _relayed(facts: Facts, behind: Behind) -> str:
    if facts.status is not None and facts.status >= 400:
        return "Yes: the status says it. It is the upstream's own word."
    return {
        Behind.ALL_IS_WELL: "There is nothing to tell: all is well.",
        Behind.UNUSUAL: "There is nothing to tell: no rule was broken. What is unusual stands at the sign ??.",
        Behind.WRONG: "There was no need: your answer is whole, and what was wrong stayed behind the gateway.",
        Behind.UNSEEN: "No: nothing in these bytes shows that something went wrong.",
        Behind.ITSELF: "No! It looks whole, and yet it is itself what went wrong.",
    }[behind]


def _cut_short(facts: Facts, read: Answer) -> str:
    if read.final is None:
        return "Yes: it ends before the header section does." if not facts.interim else "Yes: no final answer came."
    broke = " The connection broke off, too (RST)." if facts.ending is Ending.RESET and not read.code else ""
    given_up = f" And the gateway gave the stream up, saying so ({read.code})." if read.code else ""
    framing = read.final.framing
    missing = (framing.length or 0) - len(read.content)
    if framing.length is not None and missing > 0:
        was = "byte is" if missing == 1 else "bytes are"
        return f"Yes: {missing:,} {was} missing (Content-Length said {framing.length:,}).{broke}{given_up}"
    if framing.kind == "chunked":
        return f"Yes: the last chunk is missing, which would have said: this is all.{broke}"
    if framing.kind == "stream":
        return f"Yes: the stream never came to its end, which would have said: this is all.{broke}{given_up}"
    return "Yes, but only because the connection broke off (RST): nothing else says where the content ends."


def _repaired(facts: Facts, read: Answer) -> str:
    """The client's bytes are read forgivingly, too: what they still hold, the gateway did not repair."""
    if read.anomalies:
        return f"Only by reading carefully, for the damage is still in it. {read.anomalies[0].kind.says}"
    return "No, and there was no need: it was put right in a way that the standard allows."


def _reported(facts: Facts, read: Answer) -> str:
    return "Yes: the status says that something failed" + (
        ", and the field Proxy-Status says what." if facts.errors else ", though not what."
    )


def _blamed(facts: Facts, read: Answer) -> str:
    if not facts.upstream_requests:
        return "The status blames your request: the gateway gave it without asking the upstream."
    return "You are misled: the status blames your request, but it was the upstream."


def _not_http(facts: Facts, read: Answer) -> str:
    if facts.surplus:
        return "Only by looking past the end: a careless client takes the bytes there for its next answer."
    return "Yes: a client that reads HTTP finds none."


def _hung(facts: Facts, read: Answer) -> str:
    if not facts.client_received:
        return "Only by giving up: until you do, a slow answer looks the same."
    return "Only by giving up: the answer began, and its end never came."


def _stored(facts: Facts, read: Answer) -> str:
    if facts.status is None or facts.status < 400:
        return "There was no need: the copy is still good, by all that is said of it."
    signs = _small_print(facts)
    return "Yes: the status says it. " + (
        f"That it is the upstream's word of some time ago, only the small print says: {signs}."
        if signs
        else "But nothing says that it is the upstream's word of some time ago."
    )


def _stale(facts: Facts, read: Answer) -> str:
    signs = _small_print(facts, "Proxy-Status")
    return f"Only from the small print: {signs}." if signs else "No: it looks like a fresh answer."


def _small_print(facts: Facts, *more: str) -> str:
    """The fields that tell of a store, and these, as far as the answer has them."""
    given = dict(facts.fields)
    *rest, last = [name for name in ("Age", "Cache-Status", "Warning", *more) if name.lower() in given] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


_COULD_TELL: Mapping[Outcome, Callable[[Facts, Answer], str]] = {
    Outcome.NO_ANSWER: lambda *_: "Yes: the connection ended without a byte. But not why, and not who ended it first.",
    Outcome.HUNG: _hung,
    Outcome.NOT_HTTP: _not_http,
    Outcome.CUT_SHORT: _cut_short,
    Outcome.REPAIRED: _repaired,
    Outcome.DISGUISED: lambda *_: "No! It looks complete, and yet it is not what the upstream sent.",
    Outcome.STORED: _stored,
    Outcome.STALE: _stale,
    Outcome.REPORTED: _reported,
    Outcome.BLAMED_CLIENT: _blamed,
    Outcome.OWN: lambda *_: "You can tell who made it, if the gateway says so; it reports no failure.",
    Outcome.TUNNELLED: lambda *_: "Yes: status 101 says that another protocol begins.",
}
