"""The answer is nonsense.

The gateway asks whether its stale copy still holds, and the upstream writes the last words of a program that crashes.
There is no status line in them, so nobody has said that the report has changed, and nobody that it has not. In place of
an error the copy may be used. Is this an error?
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


def broken():
    request = yield ReceiveRequest()
    yield Send(
        b"Segmentation fault (core dumped)\n",
        wrong="this is no answer in HTTP",
        right=answer(request),
    )
    yield Close()


scenario = Scenario(
    lesson="An error is whatever would have become a 500, 502, 503 or 504: nonsense counts, too.",
    guess="Which status does the client see, and who wrote it?",
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
                HONEST,
                Question("Is the client spared the error?", Got("stale")),
                Question("Is a copy called good that nobody has confirmed?", Answers(304)),
                Fitting("else it is a 502", Either(Got("stale"), Answers(502)), RFC(9110, "15.6.3"),
                        "an invalid response is what 502 is defined for"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="B11",
    level=1,
    needs=["cache", "clock"],
)
