"""Three ask at once, and the upstream hangs up.

Three clients want the same report at the same moment. A cache may ask once for all of them, and share what comes. This
time nothing comes: the upstream takes the question and hangs up. Perhaps there is a stale copy that may be used in
place of an error, perhaps there is none at all. What do the two get that waited for the answer to another's question?
"""

from lab import *

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
    yield Close(wrong="it takes the question and hangs up", right=answer(request))


scenario = Scenario(
    lesson="Who shares a question shares its failure: that spares the upstream a storm when it can bear it least.",
    guess="How often is the upstream asked, and how many clients see an error?",
    vary={"with a copy": "/report", "without": "/other"},
    acts=lambda stored: [
        Act(
            client=Get(stored),
            upstream=well,
            clock=0,
            expect=[Question("Does the client get the report?", ClientSees(b"hello"))],
        ),
        Act(
            client=Together(Get("/report"), Get("/report"), Get("/report")),
            upstream=broken,
            clock=100,
            expect=[
                HONEST,
                Follows("each of them gets an answer", Not(Got("hung", "no-answer")), RFC(9110, "3.7"),
                        "each has asked the gateway, and the gateway knows what became of it"),
                Question("Is the upstream asked once for all?", Asked(1)),
                Question("Are all three spared the error?", Got("stale")),
            ],
        ),
    ],
    reports=["connection_terminated"],
    level=2,
    needs=["cache", "clock"],
)
