"""Only the header section is asked for, and nobody answers.

A client sends a HEAD: it wants to know about the report, and not to have it. The gateway has a stale copy, and asks the
upstream, which hangs up. The copy may be used in place of an error, and its fields are a part of it. Afterwards another
client wants the report itself. Has the failed HEAD done any harm?
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


def headed():
    request = yield ReceiveRequest()
    fields = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b'ETag: "v1"\r\n', b"Content-Length: 5\r\n", b"\r\n")
    right = answer(request) if request.get(b"if-none-match") or request.method == b"GET" else fields
    yield Close(wrong="asked about the copy, it hangs up", right=right)


scenario = Scenario(
    lesson="An error tells nothing about a copy: only an answer may change what is in the store.",
    guess="What does the GET get, after the HEAD that failed?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("HEAD", "/report"),
            upstream=headed,
            clock=100,
            expect=[
                HONEST,
                Question("Does the client get the fields of the copy?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=110,
            expect=[
                Follows("the client gets the report, or hears of an error",
                        Either(ClientSees(b"hello"), Got("reported")), RFC(9110, "3.7"), "the upstream is well"),
                Question("Is the copy still there?", Either(MadeBy("store"), UpstreamSees(b'"v1"'))),
            ],
        ),
    ],
    reports=["connection_terminated"],
    level=2,
    needs=["cache", "clock"],
)
