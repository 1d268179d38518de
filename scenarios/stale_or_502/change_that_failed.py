"""A change is sent, and fails.

The gateway has a fresh copy of a report. A client sends a change to the same address, with POST. A change has to reach
the upstream, and would make the copy worthless. But the upstream fails: it says 500, or hangs up without a word. Has
the report changed? And what does the next reader get?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",
    b"\r\n",
)
DONE = Send(b"HTTP/1.1 204 No Content\r\n", NONCE, b"\r\n")


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


scenario = Scenario(
    lesson="A change that failed makes no copy invalid. One whose fate is unknown does not either: ask, if it matters.",
    guess="Does the next reader get the copy of before?",
    vary={
        "it says 500": Send(
            b"HTTP/1.1 500 Internal Server Error\r\n",
            NONCE,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"sorry",
            wrong="it fails to do what it was asked",
            right=DONE,
        ),
        "it hangs up": Close(wrong="it fails to do what it was asked", right=DONE),
    },
    acts=lambda failure: [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("POST", "/report", content=b"news"),
            upstream=[ReceiveRequest(), failure],
            clock=10,
            expect=[
                Must("the upstream is asked, not the store", UpstreamSees(b"POST /report "), RFC(9111, "4"),
                     "what is not safe is written through"),
                Follows("no success is made up", Not(Got("own", "stored", "stale", "disguised")), RFC(9110, "15.3"),
                        "nobody has said that it was done"),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=20,
            expect=[
                Follows("the client gets the report, or hears of an error",
                        Either(ClientSees(b"hello"), Got("reported")), RFC(9110, "3.7"), "nothing has changed"),
                Question("Does it come from the store, unasked?", Asked(0)),
            ],
        ),
    ],
    reports=["connection_terminated", "http_protocol_error"],
    level=2,
    needs=["cache", "clock"],
    unseen="a 500 is well formed: that something failed is what it says",
)
