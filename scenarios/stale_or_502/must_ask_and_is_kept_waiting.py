"""It has to ask, and is kept waiting.

A copy says must-revalidate. The minute is over, the gateway asks, and the upstream is silent. There is a rule that the
copy must not be used, and a clock that says for how long to wait. While it runs, nobody gets anything. What does the
client get when it strikes?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, must-revalidate\r\n",   # good for a minute, and then for nothing without asking
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, must-revalidate\r\n",
    b"\r\n",
)
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


def broken():
    request = yield ReceiveRequest()
    yield Stall(wrong="asked whether the copy holds, it says nothing", right=answer(request))


scenario = Scenario(
    lesson="must-revalidate costs what it costs: when the origin is slow, everybody waits, and then there is a 504.",
    guess="502, 504, or the old report after all?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=broken,
            clock=100,
            expect=[
                MustNot("the copy is used, or called good", MadeBy("store"), RFC(9111, "5.2.2.2"),
                        "must-revalidate: not before the origin has validated it"),
                HONEST,
                Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                        [RFC(9111, "5.2.2.2"), RFC(9110, "15.6.5")]),
            ],
        ),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    cause="B14",
    level=3,
    needs=["cache", "clock"],
)
