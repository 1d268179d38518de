"""The 502 comes from further back.

Behind this gateway there is another one, and that has lost its own upstream. So the gateway's upstream answers its
question with a 502 of its own: a proper answer, in which somebody else reports a failure. The gateway has a copy that
may be used in place of an error. Is this an error of the gateway's, or an answer to be passed on?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",   # good for a minute; in place of an error, ten more
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",
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


scenario = Scenario(
    lesson="A 502 can travel: ask which gateway wrote it before you look for what is broken.",
    guess="Does the client see the 502, and can it tell who wrote it?",
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
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 502 Bad Gateway\r\n",
                    NONCE,
                    b"Via: 1.1 other\r\n",   # another gateway has been at it
                    b"Content-Length: 10\r\n",
                    b"\r\n",
                    b"not my day",
                    watch="an error that another gateway has met",
                ),
            ],
            clock=100,
            expect=[
                HONEST,
                Question("Is the client spared the error?", Got("stale")),
                Question("Is a copy called good that nobody has confirmed?", Answers(304)),
            ],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=well,
            clock=110,
            expect=[
                MustNot("the error is given once more out of the store", ClientSees(b"not my day"), RFC(9111, "3"),
                        "nothing in it allowed it to be kept, and 502 is none of the numbers that may be kept unasked"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["cache", "clock"],
)
