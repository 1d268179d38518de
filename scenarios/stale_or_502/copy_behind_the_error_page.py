"""The error page stands in front of the copy.

A gateway that has found its upstream down leaves it alone for a while, and answers by itself: it has an error page for
that. It also has a copy that may be used in place of an error. The first request after the crash still asks, the second
does not. Who looks into the store first, and who first at the list of what is down?
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
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


scenario = Scenario(
    lesson="A check that marks an upstream as down may hide every copy there is: it has to come after the store.",
    guess="The second client: the copy, or a 503?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=Refuse(wrong="nobody listens at this address any more", right=well),
            clock=100,
            expect=[
                HONEST,
                Question("Does the first client get the copy?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=101,
            expect=[
                HONEST,
                Question("Does the second client get it, too?", Got("stale")),
                Question("Is it a 503?", Answers(503)),
            ],
        ),
    ],
    reports=["connection_refused", "destination_unavailable"],
    cause="B15",
    level=2,
    needs=["cache", "clock", "marks-down"],
)
