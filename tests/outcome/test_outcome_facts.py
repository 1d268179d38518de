"""Facts from transcripts that are made by hand: who made an answer, whether it is a reading, how it ended."""

from collections.abc import Sequence

import pytest

from lab.outcome import Facts, facts
from lab.script import Get, Request
from lab.transcript import CLIENT_HOP, UPSTREAM_HOP, Asked, Event, Player, Transcript, What

LINE = b"Lab-Nonce: n.%d\r\n"
HELLO = b"Content-Length: 5\r\n\r\nhello"
OK = b"HTTP/1.1 200 OK\r\n" + LINE % 1 + HELLO
BARE = b"HTTP/1.1 200 OK\r\n" + HELLO
ETAG = b'ETag: "v1"\r\n'
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\nhi"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n" + ETAG + b"\r\n"


class Told:
    """A story as a transcript, told event by event. `GET /` unless something else is asked."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.asked: list[Asked] = []
        self.act = 0

    def asks(self, request: Request = Get("/"), *, number: int = 1) -> "Told":
        """The next act begins with this, or it asks this too."""
        self.act += number == 1
        self.asked.append(Asked(self.act, number, request.method, request.target))
        return self.client(What.OPENED, number=number).client(What.SENT, request.wire(), number=number)

    def client(self, what: What, data: bytes = b"", *, detail: str = "", number: int = 1) -> "Told":
        self._add(CLIENT_HOP, 10 * self.act + number, what, data, detail, request=number)
        return self

    def gets(self, data: bytes, *, number: int = 1) -> "Told":
        return self.client(What.RECEIVED, data, number=number)

    def upstream(self, what: What, data: bytes = b"", *, detail: str = "", on: int = 1) -> "Told":
        self._add(UPSTREAM_HOP, on, what, data, detail)
        return self

    def reads(self, asked: str = "GET /", *, on: int = 1) -> "Told":
        return self.upstream(What.REQUEST, detail=asked, on=on)

    def answers(self, data: bytes, *nonces: str, on: int = 1) -> "Told":
        """The upstream reads a request and sends this, in which these nonces are."""
        self.upstream(What.SENT, data, on=on)
        for nonce in nonces:
            self.upstream(What.ANSWERED, detail=nonce, on=on)
        return self

    def facts(self, place: int = -1) -> Facts:
        transcript = Transcript("a/b", "", Player("here"), False, "p", tuple(self.asked), tuple(self.events))
        return facts(transcript, self.asked[place])

    def _add(self, hop: int, connection: int, what: What, data: bytes, detail: str, request: int = 0) -> None:
        event = Event(len(self.events), hop, connection, what, self.act, data, detail, request)
        self.events.append(event)


def words(found: Facts) -> tuple[str, str, str]:
    return found.outcome.value, found.made_by.value, found.fidelity.value


def once(upstream: bytes, client: bytes, *ends: What, nonce: bool = True, request: Request = Get("/")) -> Facts:
    """One request; how the upstream's connection, then the client's, ended."""
    story = Told().asks(request).reads(f"{request.method} {request.target}")
    story.answers(upstream, *(["n.1"] if nonce else []))
    for end in ends[:1]:
        story.upstream(end)
    story.gets(client)
    for end in ends[1:]:
        story.client(end)
    return story.facts()


RELAYED = ("relayed", "upstream", "exact")
HEAD = Request("HEAD", "/")
UPGRADE = Get("/", b"Connection: Upgrade\r\n", b"Upgrade: echo\r\n")
CLOSE_DELIMITED = b"HTTP/1.1 200 OK\r\n" + LINE % 1 + b"\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\n" + LINE % 1 + b"Transfer-Encoding: chunked\r\n\r\n"
TEN_OF_20 = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n0123456789"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (once(OK, OK), RELAYED),
        (once(BARE, BARE, nonce=False), RELAYED),
        (once(CHUNKED + b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", OK), RELAYED),
        (once(OK, CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"), RELAYED),
        (once(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK, OK), RELAYED),
        (once(b"HTTP/1.1 102 \r\n\r\n" * 1_000 + OK, b"HTTP/1.1 102 \r\n\r\n" * 1_000 + OK), RELAYED),
        (once(b"HTTP/1.1 200 OK\r\n" + LINE % 1 + b"Content-Length: 9\r\n\r\n",
              b"HTTP/1.1 200 OK\r\n" + LINE % 1 + b"Content-Length: 9\r\n\r\n", request=HEAD), RELAYED),
        (once(b"HTTP/1.1 204 No Content\r\n" + LINE % 1 + b"\r\n",
              b"HTTP/1.1 204 No Content\r\n" + LINE % 1 + b"\r\n"), RELAYED),
        (once(NOT_MODIFIED, NOT_MODIFIED, nonce=False, request=Get("/", b'If-None-Match: "v1"\r\n')), RELAYED),
        (once(CLOSE_DELIMITED, OK, What.CLOSED), RELAYED),
        (once(CLOSE_DELIMITED, OK, What.RESET), ("disguised", "upstream", "altered")),
        (once(CLOSE_DELIMITED, OK), ("disguised", "upstream", "altered")),
        (once(CHUNKED + b"5\r\nhello\r\n", OK, What.CLOSED), ("disguised", "upstream", "altered")),
        (once(TEN_OF_20, b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789", nonce=False),
         ("disguised", "upstream", "altered")),
        (once(OK.replace(b"\r\nC", b"\nC"), OK), ("repaired", "upstream", "repaired")),
        (once(b"hello", b"HTTP/1.1 200 OK\r\n\r\nhello", What.CLOSED, What.ENDED, nonce=False),
         ("disguised", "upstream", "none")),
        (once(SWITCH, SWITCH, nonce=False, request=UPGRADE), ("tunnelled", "upstream", "exact")),
        (once(SWITCH, SWITCH, nonce=False), ("not-http", "nobody", "none")),
        (once(SWITCH, SWITCH, nonce=False, request=Get("/", b"Connection: Upgrade\r\n", b"Upgrade: x\r\n",
                                                       version="1.0")), ("not-http", "nobody", "none")),
    ],
    ids=[
        "as it was", "without a nonce", "chunks taken off", "chunks put on", "an interim response before it",
        "a thousand of them", "HEAD", "204", "304", "close-delimited", "close-delimited and reset",
        "close-delimited and open", "no last chunk",
        "made shorter", "bare LF", "HTTP/0.9", "101 asked for", "101 unasked", "101 asked for in HTTP/1.0",
    ],
)  # fmt: skip
def test_the_upstreams_answer(found: Facts, expected: tuple[str, str, str]) -> None:
    assert words(found) == expected


def error(*lines: bytes, content: bytes = b"") -> bytes:
    return b"".join((b"HTTP/1.1 502 Bad Gateway\r\n", *lines, b"Content-Length: %d\r\n\r\n" % len(content), content))


@pytest.mark.parametrize(
    ("upstream", "client", "expected"),
    [
        (b"", error(), "reported"),
        (OK[:9], error(content=b"no answer\n"), "reported"),
        (BARE.replace(b"C", b"Cache-Control: no-store\r\nBad Name: 1\r\nC", 1), error(b"Cache-Control: no-store\r\n"),
         "reported"),
        (b"HTTP/1.1 200 OK\r\n" + HELLO + b"\n", error(content=b"\n"), "reported"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "blamed-client"),
        (error(LINE % 1), error(LINE % 1), "relayed"),
        (error(content=b"my own fault"), error(content=b"my own fault"), "relayed"),
        (b"HTTP/1.1 999 Odd\r\nRoom: 7\r\n" + HELLO, error(content=b"hello"), "disguised"),
    ],
    ids=["of nothing", "of a beginning", "a field line that anybody has", "content that anybody has", "a 400",
         "the upstream's, by its nonce", "the upstream's, by its content", "with the upstream's content"],
)  # fmt: skip
def test_an_error_is_the_gateways_own_unless_the_upstream_went_into_it(
    upstream: bytes, client: bytes, expected: str
) -> None:
    assert once(upstream, client, What.CLOSED, nonce=b"Lab-Nonce" in upstream).outcome == expected


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([What.ENDED], ("relayed", "complete")),
        ([What.BROKEN], ("cut-short", "reset")),
        ([], ("hung", "stalled")),
        ([What.SECURED, What.ENDED], ("cut-short", "cut")),
        ([What.SECURED, What.ALERT_RECEIVED, What.ENDED], ("relayed", "complete")),
    ],
    ids=["FIN", "RST", "open", "TLS without an alert", "TLS with an alert"],
)
def test_how_a_close_delimited_answer_ends(ends: Sequence[What], expected: tuple[str, str]) -> None:
    story = Told().asks().reads().answers(CLOSE_DELIMITED, "n.1").upstream(What.CLOSED).gets(CLOSE_DELIMITED)
    for end in ends:
        story.client(end, detail="close_notify" if end is What.ALERT_RECEIVED else "")
    found = story.facts()
    assert (found.outcome, found.ending) == expected


def test_a_truncation_on_a_tls_connection_that_was_kept_is_no_end() -> None:
    story = Told().asks().upstream(What.SECURED).reads().answers(OK, "n.1").gets(OK)
    second = CLOSE_DELIMITED.replace(b"n.1", b"n.2")
    story.asks().reads().answers(second, "n.2").upstream(What.CLOSED).gets(OK.replace(b"n.1", b"n.2"))
    assert words(story.facts()) == ("disguised", "upstream", "altered")


def test_only_interim_responses_are_no_answer() -> None:
    found = once(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", What.CLOSED, What.ENDED)
    assert (found.outcome, found.status, found.interim) == ("cut-short", None, (100,))


def test_a_retried_request_has_the_second_answer() -> None:
    story = Told().asks().reads().answers(OK[:20], "n.1").upstream(What.RESET)
    second = OK.replace(b"n.1", b"n.2")
    story.reads(on=2).answers(second, "n.2", on=2).gets(second)
    assert words(story.facts()) == RELAYED
    assert story.facts().upstream_requests == 2


def test_requests_that_a_script_took_as_bytes_are_counted_too() -> None:
    asked = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    story = Told().asks().upstream(What.RECEIVED, asked[:20]).upstream(What.RECEIVED, asked[20:])
    assert story.facts().upstream_requests == 1
    assert story.reads().facts().upstream_requests == 1
    assert story.upstream(What.RECEIVED, asked[:-1], on=2).facts().upstream_requests == 1
    assert story.reads("no request that can be read", on=2).facts().upstream_requests == 2
    assert Told().asks().upstream(What.RECEIVED, b"\x16\x03\x01").facts().upstream_requests == 0


def test_the_second_of_two_answers_is_not_the_answer() -> None:
    second = OK.replace(b"hello", b"world").replace(b"n.1", b"n.2")
    assert once(OK + second, OK).outcome == "relayed"
    story = Told().asks().reads().answers(OK, "n.1").answers(second, "n.2").gets(second)
    assert words(story.facts()) == ("disguised", "upstream", "altered")


# What a store gives


def stored() -> Told:
    return Told().asks().reads().answers(OK, "n.1").gets(OK)


CONFIRMED = b"HTTP/1.1 304 Not Modified\r\n" + LINE % 2 + b"\r\n"
PART = b"HTTP/1.1 206 Partial Content\r\n" + LINE % 2 + b"Content-Range: bytes 1-3/5\r\nContent-Length: 3\r\n\r\nell"


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (stored().asks().gets(OK), "stored"),
        (stored().asks().reads().answers(NOT_MODIFIED).gets(OK), "stored"),
        (stored().asks().reads().answers(CONFIRMED, "n.2").gets(OK.replace(b"n.1", b"n.2")), "stored"),
        (stored().asks(HEAD).reads("HEAD /").answers(CONFIRMED, "n.2").gets(OK.replace(b"n.1", b"n.2")[:-5]), "stored"),
        (stored().asks(Get("/", b"Range: bytes=1-3\r\n")).reads().answers(CONFIRMED, "n.2").gets(PART), "stored"),
        (stored().asks().reads().answers(b"HTTP/1.1 103 Early Hints\r\n\r\n" + NOT_MODIFIED).gets(OK), "stored"),
        (stored().asks().upstream(What.OPENED, on=2).upstream(What.CLOSED, on=2).gets(OK), "stale"),
        (stored().asks().upstream(What.REFUSED).gets(OK), "stale"),
        (stored().asks().reads().answers(error(LINE % 2), "n.2").gets(OK), "stale"),
        (stored().asks().gets(OK).reads().answers(NOT_MODIFIED), "stale"),
        (stored().asks().gets(OK.replace(b"Con", b"Age: 60\r\nCache-Control: max-age=60\r\nCon", 1)), "stale"),
        (stored().asks().gets(OK.replace(b"Con", b"Age: 59\r\nCache-Control: max-age=60\r\nCon", 1)), "stored"),
        (stored().asks().gets(OK.replace(b"Con", b"Cache-Status: c; hit; ttl=-3\r\nCon", 1)), "stale"),
        (stored().asks().asks(Get("/b"), number=2).reads("GET /b").answers(BARE.replace(b"200", b"404")).gets(OK),
         "stored"),
        (stored().asks(Get("/", b'If-None-Match: "v1"\r\n')).gets(NOT_MODIFIED), "stored"),
        (Told().asks().reads().answers(BARE).gets(BARE).asks().gets(BARE), "stored"),
    ],
    ids=["fresh", "validated", "brought up to date", "its fields alone", "a part of it",
         "validated after an interim response", "the upstream hangs up",
         "the upstream refuses", "the upstream fails", "validated in the background", "too old", "not too old",
         "Cache-Status says so", "another request beside it", "a 304 of its own", "without a nonce"],
)  # fmt: skip
def test_an_earlier_answer_comes_from_a_store(story: Told, expected: str) -> None:
    place = next(n for n, asked in enumerate(story.asked) if asked.act == 2 and asked.request == 1)
    found = story.facts(place)
    assert (found.outcome, found.made_by) == (expected, "store")


@pytest.mark.parametrize("content", [b"other", b""], ids=["of nobody's", "gone"])
def test_content_that_nobody_sent_is_no_copy_though_a_304_confirmed_one(content: bytes) -> None:
    made_up = b"HTTP/1.1 200 OK\r\n" + LINE % 2 + b"Content-Length: %d\r\n\r\n" % len(content) + content
    story = stored().asks().reads().answers(CONFIRMED, "n.2").gets(made_up)
    assert words(story.facts()) == ("disguised", "upstream", "altered")


@pytest.mark.parametrize("nonce", [b"", LINE % 2], ids=["bare", "with a nonce"])
def test_leftovers_of_an_earlier_answer_come_from_no_store(nonce: bytes) -> None:
    rest = b"HTTP/1.1 200 OK\r\n" + nonce + b"Content-Length: 12\r\n\r\nhow are you?"
    story = Told().asks().reads().answers(OK, "n.1").answers(rest, "n.2").gets(OK)
    story.asks().reads().answers(OK.replace(b"n.1", b"n.3"), "n.3").gets(rest)
    assert words(story.facts()) == ("disguised", "upstream", "altered")
