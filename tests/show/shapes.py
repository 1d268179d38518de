"""Performances of every shape that a picture can have, made by hand."""

from collections.abc import Callable
from dataclasses import replace

from lab import h2
from lab.scenario import Act, Together
from lab.script import BlackHole, Close, Get, ReceiveRequest, Refuse, Reset, Send, Stall, Upstreams
from lab.transcript import Asked, Event, What
from lab.verdict import Judgement
from tests.show.staged import ASKS, FIVE_OF_20, broken_promise, client, played, scenario, upstream

OK = b'HTTP/1.1 200 OK\r\nLab-Nonce: %b.1.1.1\r\nETag: "v1"\r\nContent-Length: 5\r\n\r\nhello' % (b"0" * 12)
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nProxy-Status: g;error=dns_error\r\nContent-Length: 4\r\n\r\nsigh"
CHECKED = b"HTTP/1.1 200 OK\r\nBad Name: 1\r\nContent-Length: 5\r\n\r\nhello"


def asked_upstream(*answers: Event) -> list[Event]:
    """The client asks, the gateway connects and asks, and then this."""
    return [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.REQUEST, detail="GET /report"), *answers,
    ]  # fmt: skip


def with_fault(step: object, *events: Event, **more: object) -> Judgement:
    return played(scenario(upstream=step, **more), asked_upstream(*events))


def reset() -> Judgement:
    step = [ReceiveRequest(), Send(FIVE_OF_20), Reset(wrong="it is reset")]
    return with_fault(
        step, upstream(What.SENT, FIVE_OF_20), upstream(What.RESET), upstream(What.DELIVERED, detail="it is reset"),
        client(What.RECEIVED, FIVE_OF_20), client(What.BROKEN),
    )  # fmt: skip


def silence() -> Judgement:
    return with_fault(
        [ReceiveRequest(), Stall(wrong="nothing comes")],
        upstream(What.STALLED), upstream(What.DELIVERED, detail="nothing comes"), client(What.DEADLINE),
    )  # fmt: skip


def refused() -> Judgement:
    events = [
        client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, BAD_GATEWAY),
        upstream(What.REFUSED, connection=0), upstream(What.DELIVERED, connection=0, detail="nobody is there"),
    ]  # fmt: skip
    return played(scenario(upstream=Refuse(wrong="nobody is there")), events)


def black_hole() -> Judgement:
    events = [
        client(What.OPENED), client(What.SENT, ASKS), client(What.RECEIVED, BAD_GATEWAY),
        upstream(What.STALLED, connection=0), upstream(What.DELIVERED, connection=0, detail="no answer"),
    ]  # fmt: skip
    return played(scenario(upstream=BlackHole(wrong="no answer")), events)


def secured() -> Judgement:
    return with_fault(
        [ReceiveRequest(), Send(FIVE_OF_20), Close(wrong="no closure alert")],
        upstream(What.SECURED, detail="TLS 1.3, no ALPN"), upstream(What.SENT, FIVE_OF_20),
        upstream(What.ALERT_RECEIVED, detail="close_notify"),
        upstream(What.CLOSED), upstream(What.DELIVERED, detail="no closure alert"),
        client(What.RECEIVED, FIVE_OF_20), client(What.ENDED),
    )  # fmt: skip


def wrong_line() -> Judgement:
    step = [ReceiveRequest(), Send(CHECKED, wrong="a name with a space", right=Send(OK)), Close()]
    return with_fault(
        step, upstream(What.SENT, CHECKED), upstream(What.DELIVERED, detail="a name with a space"),
        client(What.RECEIVED, BAD_GATEWAY),
    )  # fmt: skip


def several_peers() -> Judgement:
    events = [
        client(What.OPENED), client(What.SENT, ASKS), upstream(What.REFUSED, connection=0),
        upstream(What.DELIVERED, connection=0, detail="gone"), upstream(What.OPENED, peer=2),
        upstream(What.RECEIVED, ASKS, peer=2), upstream(What.SENT, OK, peer=2), client(What.RECEIVED, OK),
    ]  # fmt: skip
    two = Upstreams(Refuse(wrong="gone"), [ReceiveRequest(), Send(OK)])
    return played(scenario(upstream=two), events)


def together() -> Judgement:
    events = [
        client(what, data, request=n, connection=n)
        for what, data in ((What.OPENED, b""), (What.SENT, ASKS))
        for n in (1, 2, 3)
    ]
    events += [upstream(What.OPENED), upstream(What.RECEIVED, ASKS), upstream(What.SENT, OK)]
    events += [client(What.RECEIVED, OK, request=n, connection=n) for n in (1, 2, 3)]
    asked = tuple(Asked(1, n, "GET", "/report") for n in (1, 2, 3))
    story = scenario(client=Together(*[Get("/report")] * 3), upstream=[ReceiveRequest(), Send(OK)], reports=[])
    return played(story, events, asked=asked)


def cached(*, status: bytes = b"Age: 20\r\nCache-Status: g;hit;ttl=40\r\n") -> Judgement:
    """Fetched, and later given from the store."""
    again = OK.replace(b"ETag", status + b"ETag")
    events = [
        *asked_upstream(upstream(What.SENT, OK), upstream(What.ANSWERED, detail="000000000000.1.1.1")),
        client(What.RECEIVED, OK.replace(b"ETag", b"Cache-Status: g;fwd=uri-miss;stored\r\nETag")), client(What.CLOSED),
        client(What.OPENED, act=2, connection=2), client(What.SENT, ASKS, act=2, connection=2),
        client(What.RECEIVED, again, act=2, connection=2),
    ]  # fmt: skip
    acts = [Act(client=Get("/report"), upstream=[ReceiveRequest(), Send(OK)]), Act(client=Get("/report"), clock=60)]
    story = scenario(client=None, upstream=None, acts=acts, reports=[])
    return played(story, events, asked=tuple(Asked(act, 1, "GET", "/report") for act in (1, 2)))


def over_http2() -> Judgement:
    asks = h2.preface() + h2.headers(1, h2.asks(path=b"/report"), end_stream=True)
    answer = h2.headers(1, ((b":status", b"200"), (b"content-length", b"20"))) + h2.data(1, b"hello")
    return played(
        scenario(),
        [
            client(What.OPENED), client(What.SENT, asks, stream=1), upstream(What.OPENED),
            upstream(What.RECEIVED, ASKS), upstream(What.SENT, FIVE_OF_20), upstream(What.CLOSED),
            upstream(What.DELIVERED, detail="15 bytes are missing"),
            client(What.RECEIVED, answer, stream=1), client(What.RECEIVED, h2.rst_stream(1), stream=1),
        ],
    )  # fmt: skip


def chain() -> Judgement:
    """Two gateways: what the lab sees between them has a hop of its own."""
    events = [
        client(What.OPENED), client(What.SENT, ASKS), replace(upstream(What.OPENED), hop=2),
        replace(upstream(What.RECEIVED, ASKS), hop=2), upstream(What.OPENED), upstream(What.RECEIVED, ASKS),
        upstream(What.SENT, OK), replace(upstream(What.SENT, OK), hop=2), client(What.RECEIVED, OK),
    ]  # fmt: skip
    return played(scenario(upstream=[ReceiveRequest(), Send(OK)], reports=[]), events)


def nothing() -> Judgement:
    return played(scenario(), [], asked=())


def flood(pieces: int) -> Judgement:
    """Very many events, the fault at the end."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"
    both = [
        event
        for number in range(pieces)
        for data in (b"%05d" % number if number else head,)
        for event in (upstream(What.SENT, data), client(What.RECEIVED, data))
    ]
    return with_fault(
        [ReceiveRequest(), Send(head), Close(wrong="bytes are missing")],
        *both, upstream(What.CLOSED), upstream(What.DELIVERED, detail="bytes are missing"), client(What.ENDED),
    )  # fmt: skip


SHAPES: tuple[Callable[[], Judgement], ...] = (
    broken_promise, reset, silence, refused, black_hole, secured, wrong_line, several_peers, together, cached,
    over_http2, chain, nothing,
)  # fmt: skip
