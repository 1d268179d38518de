"""What comes from an upstream, or out of an edited file, reaches no page, picture, terminal or file unescaped."""

import json
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

from hypothesis import example, given, settings
from hypothesis import strategies as some

from lab.notebook.run import Run, Runs
from lab.show.html.told import Told
from lab.show.saved import Saved, judged_again
from lab.transcript import Asked, Player, What
from lab.verdict import Judgement
from tests.show.exporters import FILES, PAGES, PICTURES, TEXTS
from tests.show.staged import broken_promise, client, played, scenario, upstream

WORST = (
    "<script>alert(1)</script>", "]]>", "<![CDATA[", "-->", '"><img src=x onerror=alert(1)>', "' onload='x", "&lt;&#0;",
    "\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\0", "\x08\x7f", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff",
    "\u2028", "\ud800", "\udfff", "\ufffe", "</style>", "</svg>", "</title>", "</pre>", "javascript:alert(1)", "\r\n",
    "\U000e0001",
)  # fmt: skip
HOSTILE = some.lists(some.sampled_from(WORST) | some.text(max_size=4), min_size=1, max_size=5).map("".join)
OCTETS = some.lists(
    some.sampled_from([each.encode("utf-8", "surrogatepass") for each in WORST]) | some.binary(max_size=6), max_size=6
).map(b"".join)

ALLOWED = {0x0A}  # the only control that stands in what is written


def hostile(text: str, data: bytes) -> Judgement:
    """A performance with this text wherever text from outside may stand, and these octets wherever octets may."""
    request = b"GET /" + data + b" HTTP/1.1\r\nHost: " + data + b"\r\n\r\n"
    answer = b"HTTP/1.1 502 " + data + b"\r\nProxy-Status: " + data + b"\r\n" + data + b": " + data + b"\r\n\r\n" + data
    events = [
        client(What.OPENED), client(What.SENT, request), upstream(What.OPENED),
        upstream(What.HANDSHAKE_FAILED, detail=text), upstream(What.SECURED, detail=text),
        upstream(What.RECEIVED, request), upstream(What.REQUEST, detail=text), upstream(What.SENT, answer),
        upstream(What.ANSWERED, detail=text), upstream(What.ALERT_SENT, detail=text),
        upstream(What.WAITED, detail=text),
        upstream(What.DELIVERED, detail=text), upstream(What.BROKEN, detail=text), client(What.RECEIVED, answer),
        client(What.RECEIVED, data), client(What.ENDED),
    ]  # fmt: skip
    target = data.decode("latin-1")
    asked = (Asked(1, 1, target, target),)
    made = replace(
        played(scenario(), events, asked=asked, log=(text,), failure=text).transcript, gateway=Player(text, text, text)
    )
    saved = Saved(made, made, title=text, lesson=text, reports=(text,), verdict=text)
    return judged_again(saved, None)


@settings(max_examples=8)
@given(HOSTILE, OCTETS)
@example("".join(WORST), b"".join(each.encode("utf-8", "surrogatepass") for each in WORST))
def test_nothing_hostile_comes_through(text: str, data: bytes) -> None:
    judgement = hostile(text, data)
    told = Told(judgement, judgement.transcript)
    for name, make in {**PICTURES, **PAGES, **TEXTS}.items():
        found = make(told)
        assert isinstance(found, str)
        assert not steering(found), name
        if name in PICTURES:
            assert {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(found).iter()} <= VOCABULARY.elements
        if name in (*PICTURES, *PAGES):
            assert not Seen(found).strange(), name
    for bundle in notebook(judgement):
        for kind, shown in bundle.items():
            assert not steering(shown), kind
            assert kind == "text/plain" or not Seen(shown).strange(), kind
    har = FILES["har"](told)
    assert isinstance(har, str)
    assert har.isascii()
    json.loads(har)
    assert FILES["pcapng"](told)


def notebook(judgement: Judgement) -> list[dict[str, str]]:
    """What a notebook shows of it, by media type."""
    run, unplayed = Run(judgement), Run(replace(judgement, exchanges=()))
    shown = (run, unplayed, Runs([run, unplayed]), run.fields)
    return [each._repr_mimebundle_() for each in shown] + [{"text/plain": repr(each)} for each in shown]


def steering(text: str) -> set[str]:
    """Characters that move a cursor, turn a line around, cannot be seen or are none."""
    return {char for char in set(text) if unicodedata.category(char) in _STEERING and ord(char) not in ALLOWED}


_STEERING = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class Seen(HTMLParser):
    """The elements and attributes of a page or a picture, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.open: list[str] = []
        self.unbalanced: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.add(tag)

    def strange(self) -> set[str]:
        """What is not in our own vocabulary, or not closed where it was opened."""
        links = {each for each in self.links if not each.startswith(("#", "https://www.rfc-editor.org/rfc/rfc"))}
        unknown = (self.elements - VOCABULARY.elements) | (self.attributes - VOCABULARY.attributes)
        return unknown | links | self.unbalanced | set(self.open)


class Vocabulary:
    """All that stands in pages and pictures of performances that are not hostile, and a few elements that are rare."""

    def __init__(self) -> None:
        told = Told(broken_promise(), broken_promise().transcript)
        bundles = [text for bundle in notebook(told.judgement) for kind, text in bundle.items() if kind != "text/plain"]
        seen = [Seen(text) for text in (*(str(make(told)) for make in {**PICTURES, **PAGES}.values()), *bundles)]
        self.elements = {name for each in seen for name in each.elements} | {"mark", "h5", "h3", "circle", "tspan"}
        self.attributes = {name for each in seen for name in each.attributes} | {"cx", "cy", "r", "rx", "colspan"}


VOCABULARY = Vocabulary()
