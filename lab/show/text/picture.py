"""The picture of one performance: three parties, what went between them, and the fault; at most twelve lines.

client                             gateway                            upstream
  │── GET /report ──────────────────>│                                  │
  │                                  │── GET /report ──────────────────>│
  │                                  │<───────── 200 OK, 5 of 20 bytes ──│
  │                                  │<─────────────────── closes (FIN) ──│ !!
  │<───────── 200 OK, 5 of 20 bytes ──│                                  │
!! the fault, at the upstream: 15 bytes are missing
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lab.script import Send
from lab.show.escape import octets
from lab.show.text.difference import wrong_lines
from lab.show.text.lines import Line, Span, Style, cut, line, wrapped
from lab.show.text.messages import Mark, Message, Way, Words, is_idle, marked_steps, whole_acts, wordless
from lab.show.text.statuses import status_words
from lab.transcript import CLIENT_HOP, What
from lab.verdict import Exchange, Judgement

MOST_LINES = 12
_STYLES = {Mark.WRONG: Style.FAULT, Mark.WATCH: Style.DOUBT, None: Style.PLAIN}
"""The mark itself also stands there, so that colour is never the only carrier."""
_WIDEST, _NARROWEST = 80, 60


def picture(judgement: Judgement, width: int = _WIDEST) -> list[Line]:
    """Draw a performance. Under 60 columns the parties no longer stand side by side."""
    below = list(_below(judgement, width))
    chosen = condensed(judgement, MOST_LINES - 1 - len(below))
    numbers = numbers_of(judgement)
    if width < _NARROWEST:
        return [*(_told(message, width) for message in chosen), *below]
    lane = (min(width, _WIDEST) - 9) // 2
    head = f"{'client':<{lane}}{'gateway':^9}{'upstream':>{lane + 1}}"
    return [line(Span(head, Style.STRONG)), *(_row(message, lane, numbers) for message in chosen), *below]


def _row(message: Message, lane: int, numbers: dict[tuple[int, int], int]) -> Line:
    arrow = Span(_arrow(message, lane), _STYLES[message.mark])
    empty = Span(" " * lane)
    asks = message.hop == CLIENT_HOP and message.what is What.SENT
    number = numbers.get((message.act, message.request)) if asks else None
    lanes = (arrow, Span("│"), empty) if message.hop == CLIENT_HOP else (empty, Span("│"), arrow)
    sign = Span(f" {message.mark or ''}", _STYLES[message.mark])
    return line(Span(f"{number or '':>2} ", Style.QUIET), "│", *lanes, "│", sign)


def _arrow(message: Message, lane: int) -> str:
    text = cut(message.text, lane - 5)
    match message.way:
        case Way.RIGHT:
            return f"─ {text} ".ljust(lane - 1, "─") + ">"
        case Way.LEFT:
            return "<" + f" {text} ─".rjust(lane - 1, "─")
        case Way.REFUSED:
            return f"─ {text} ".ljust(lane - 1, "─") + "X"
    return f"({text})".center(lane)


def _told(message: Message, width: int) -> Line:
    """One message as a sentence, where there is no room for lanes."""
    near, far = ("client", "gateway") if message.hop == CLIENT_HOP else ("gateway", "upstream")
    parties = {Way.LEFT: f"{far} > {near}", Way.RIGHT: f"{near} > {far}", Way.REFUSED: f"{near} x {far}"}
    text = f"{message.mark or '  '} {parties.get(message.way, f'{near} - {far}')}: {message.text}"
    return line(Span(cut(text, width), _STYLES[message.mark]))


def _below(judgement: Judgement, width: int) -> Iterator[Line]:
    """What the marks say, in the author's words, and the wire line that is wrong."""
    if not judgement.delivered:
        yield from _said(f"{Mark.WRONG} the fault never took effect", Mark.WRONG, width)
        return
    marked = marked_steps(judgement.case)
    delivered = {e.detail: e.hop for e in judgement.transcript.events if e.what is What.DELIVERED}
    for says, hop in list(delivered.items())[:2]:
        mark = Mark.WATCH if says in marked and marked[says].watch else Mark.WRONG
        what = "watch this" if mark is Mark.WATCH else "the fault"
        yield from _said(f"{mark} {what}, at the {'client' if hop == CLIENT_HOP else 'upstream'}: {says}", mark, width)
    steps = [marked[says] for says in delivered if says in marked]
    if len(steps) == 1 and isinstance(steps[0], Send) and steps[0].wrong and (bad := wrong_lines(steps[0])):
        yield from islice(_said(f'   it sent: "{octets(bad[0][:200])}"', Mark.WRONG, width), 1)


def _said(text: str, mark: Mark, width: int) -> Iterator[Line]:
    """In at most two lines."""
    return islice(wrapped(line(Span(text, _STYLES[mark])), width, "   "), 2)


def numbers_of(judgement: Judgement) -> dict[tuple[int, int], int]:
    """The number of each request in the whole performance; none where there is only one."""
    asked = judgement.transcript.asked
    return {(each.act, each.request): number for number, each in enumerate(asked, 1)} if len(asked) > 1 else {}


def condensed(judgement: Judgement, most: int) -> list[Message]:
    """The messages that fit: without idle endings, then earlier requests in one line each, then the middle left out."""
    drawn = _without_idle_endings(judgement)
    acts = sorted({message.act for message in drawn if not message.mark})
    for act in acts[:-1]:
        if len(drawn) > most:
            drawn = _act_in_short(judgement, drawn, act)
    words = Words(judgement.transcript)
    chosen = drawn if len(drawn) <= most else _without_middle(drawn, most)
    return [each if _says_already(each) else words.of(each) for each in chosen]


def _says_already(message: Message) -> bool:
    """Whether it stands for messages that are not shown."""
    return message.way is Way.NOWHERE and message.what is What.SENT


def _without_idle_endings(judgement: Judgement) -> list[Message]:
    """Without the endings of connections that say nothing: they came when the answers were complete, or only followed
    from another ending. The fault is never left out."""
    whole = whole_acts(judgement)
    return [each for each in wordless(judgement) if not is_idle(each, whole)]


def _act_in_short(judgement: Judgement, drawn: list[Message], act: int) -> list[Message]:
    of_act = [message for message in drawn if message.act == act and not message.mark]
    got = ", ".join(map(_exchange_in_short, judgement.of_act(act)))
    first, last = of_act[0], of_act[-1]
    short = Message(CLIENT_HOP, Way.NOWHERE, got, What.SENT, first.at, last.until, act, request=first.request)
    place = drawn.index(first)
    rest = [message for message in drawn if message.act != act or message.mark]
    return [*rest[:place], short, *rest[place:]]


def _exchange_in_short(exchange: Exchange) -> str:
    status = exchange.facts.status
    return f"{exchange.asked.method} {exchange.asked.target}: {status_words(status) if status else 'nothing'}"


def _without_middle(drawn: list[Message], most: int) -> list[Message]:
    """The first two, the first that is marked, and the last ones; how many are left out stands between."""
    marked = next((place for place, message in enumerate(drawn) if message.mark), 0)
    begin = [0, 1, *([marked] if marked > 1 else [])]
    begin = begin[: most - 2]
    end = range(max(len(drawn) - (most - len(begin) - 1), begin[-1] + 1), len(drawn))
    left_out = len(drawn) - len(begin) - len(end)
    after = drawn[begin[-1]]
    note = replace(after, way=Way.NOWHERE, text=f"... {left_out} more ...", what=What.SENT, mark=None, request=0)
    return [*(drawn[place] for place in begin), note, *(drawn[place] for place in end)]
