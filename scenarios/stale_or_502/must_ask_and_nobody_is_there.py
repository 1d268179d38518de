"""It has to ask, and nobody is there.

A copy says must-revalidate: once it is stale, ask before you use it. The minute is over, and the upstream refuses every
connection. A refused connection is mostly told as a 502. But here the gateway is a cache that has something, and may
not use it. For that the standard names a number of its own. Which?
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


broken = Refuse(wrong="nobody listens at this address any more", right=well)


scenario = Scenario(
    lesson="must-revalidate, and nobody can be asked: a 504, for the copy may not be used and there is nothing else.",
    guess="502, 504, or the old report?",
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
                Must("the client gets an error", Answers(*range(500, 600)), RFC(9111, "5.2.2.2"),
                     "a cache that cannot reach the origin has to say so"),
                Question("Is it the 504 that the standard names for this?", Answers(504)),
            ],
        ),
    ],
    reports=["connection_refused"],
    cause="B14",
    level=1,
    needs=["cache", "clock"],
)
