"""The words of the guide: 502 against 304 from the beginning, in seven chapters.

Everything that the guide says beside the scenarios' own words stands here, each sentence with how many rows of the
picture come with it, and with what has to be so in the performance for the sentence to be true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lab.expect import Answers, Asked, CacheSays, Complete, Either, Got, HasField, MadeBy, Not, Reports
from lab.expect.predicates import Asking
from lab.script import ClientSees, UpstreamSees


@dataclass(frozen=True)
class Say:
    """A sentence. `rows`: so many come with it, and what the store does between. `seen`: what holds of this request
    (`of`, the last where it is None). `strip`: the four stages are shown. `plays`: on a board, the plays that it speaks
    of; `seen` holds of each."""

    text: str
    rows: int = 0
    seen: Sequence[Asking] = ()
    of: int | None = None
    strip: bool = False
    plays: Sequence[str] = ()


@dataclass(frozen=True)
class Ask:
    """The scenario's own question."""


@dataclass(frozen=True)
class Learn:
    """The scenario's own lesson."""


@dataclass(frozen=True)
class Play:
    """A scenario, by its name as `run` takes it, and what is said of it."""

    name: str
    steps: Sequence[Say | Ask | Learn]


@dataclass(frozen=True)
class Board:
    """All plays so far, a line each, and what is said of them."""

    steps: Sequence[Say]


@dataclass(frozen=True)
class Part:
    """A chapter of the guide."""

    title: str
    scenes: Sequence[Play | Board] = field(default=())


TITLE = "502 against 304, from the beginning"

_WELL, _SAME, _NOBODY, _GARBAGE = "first/all_is_well", "first/not_modified", "first/nobody_home", "first/garbage"
_BROKEN, _SILENT = "first/broken_promise", "first/not_modified_from_a_broken_upstream"
_STALE = "stale_or_502/nobody_home"

GUIDE = (
    Part("A page travels through a gateway", [
        Play(_WELL, [
            Say("A client wants a report. It asks a gateway.", 1),
            Say("The gateway has no pages of its own. It asks the upstream.", 1, [Asked(1)]),
            Say("The upstream answers 200, and the gateway passes it on.", 2,
                [Answers(200), MadeBy("upstream"), Got("relayed")]),
            Say("On each connection four stages: name, connection, request, response.", strip=True),
            Say("Five bytes were promised, and five have come: it is complete.", 0,
                [Complete(), HasField(b"Content-Length: 5"), ClientSees(b"\r\n\r\nhello")]),
        ]),
    ]),
    Part("Nothing has changed: 304", [
        Play(_SAME, [
            Say('The client keeps a copy, and its name: the ETag "v1".', 4, [HasField(b'ETag: "v1"')], of=1),
            Say('Later it asks: send it only if it is no longer "v1".', 2, [UpstreamSees(b'If-None-Match: "v1"')]),
            Say("The upstream answers 304, without any content.", 2,
                [Answers(304), MadeBy("upstream"), Complete()]),
            Learn(),
        ]),
    ]),
    Part("No good answer: 502", [
        Play(_NOBODY, [
            Say("Now the upstream has crashed, and nobody listens.", 2, [Reports("connection_refused"), Asked(0)]),
            Ask(),
            Say("502 Bad Gateway. The gateway wrote it.", 1, [Answers(502), MadeBy("gateway"), Got("reported")]),
            Learn(),
        ]),
        Play(_GARBAGE, [
            Say("Here somebody answers, but not in HTTP. Again, the gateway says 502.", 4,
                [Answers(502), MadeBy("gateway"), Reports("http_protocol_error"), Asked(1)]),
        ]),
    ]),
    Part("The worst failures say 200", [
        Play(_BROKEN, [
            Say("The upstream promises 20 bytes, sends 5, and closes.", 4, [HasField(b"Content-Length: 20")]),
            Ask(),
            Say("200! The bad answer was on its way already.", 2, [Answers(200), MadeBy("upstream"), Got("cut-short")]),
            Learn(),
        ]),
    ]),
    Part("A 304 asked of a broken upstream", [
        Play(_SILENT, [
            Say('The client has a copy, and asks: is it still "v1"?', 3, [UpstreamSees(b'If-None-Match: "v1"')]),
            Say("Instead of an answer, the upstream hangs up. Twice.", 3, [Asked(2), Reports("connection_terminated")]),
            Ask(),
            Say("It is a 502.", 1, [Answers(502), MadeBy("gateway"), Not(Answers(304))]),
            Learn(),
        ]),
    ]),
    Part("A stale copy: 502, or the old report", [
        Play(f"{_STALE}[no permission]", [
            Say("This gateway stores copies. Its copy is too old, and nobody is at home.", 3,
                [CacheSays("stored"), HasField(b"Cache-Control: max-age=60")], of=1),
            Say("Nothing allows it to use the old copy: 502.", 1,
                [Answers(502), MadeBy("gateway"), Reports("connection_refused"), Asked(0)]),
        ]),
        Play(f"{_STALE}[stale-if-error]", [
            Say("The same fault, but the copy came with stale-if-error.", 3, [Asked(0), ClientSees(b"stale-if-error")]),
            Say("Now the client gets the old report: 200, from the store.", 1,
                [Answers(200), MadeBy("store"), Got("stale"), CacheSays("fwd=stale")]),
        ]),
    ]),
    Part("What to take home", [
        Board([
            Say("304: nothing has changed. Use the copy that you have.",
                seen=[Answers(304), Complete()], plays=[_SAME]),
            Say("502: the gateway got no good answer. Look behind it.", seen=[Answers(502), MadeBy("gateway")],
                plays=[_NOBODY, _GARBAGE, _SILENT, f"{_STALE}[no permission]"]),
            Say("200 may be whole, cut short or old. Count the bytes, read the small print.",
                seen=[Answers(200), Either(Got("relayed"), Got("cut-short"), Got("stale"))],
                plays=[_WELL, _BROKEN, f"{_STALE}[stale-if-error]"]),
            Say("So ask: what did I get, who made it, and could I tell?"),
        ]),
    ]),
)  # fmt: skip
