"""The 304 brings content.

The gateway asks whether its stale copy still holds. The upstream says 304, and then sends five bytes behind the empty
line, where there is nothing to send. The 304 itself is in order: it ended before them. Five bytes lie about on the
connection. Is the copy good, and where do the bytes end up?
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
    yield ReceiveRequest()
    yield NOT_MODIFIED
    yield Send(b"spare", wrong="bytes behind an answer that has no content")


scenario = Scenario(
    lesson="A 304 ends at its empty line. What follows belongs to nobody, and that connection can carry no more.",
    guess="Does the client see the five bytes?",
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
                MustNot("the bytes reach the client", ClientSees(b"spare"), [RFC(9112, "6.3(1)"), RFC(9112, "6.3")],
                        "the answer ended with its empty line, and extra data is not forwarded"),
                Question("Does the 304 count, so that the client gets the copy or a 304?", Got("stored", "relayed")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=200,
            expect=[
                MustNot("the bytes are given to the next client", ClientSees(b"spare"), RFC(9112, "6.3"),
                        "they are no answer, and not to be stored or forwarded as one"),
                Follows("the next client gets the report, or hears of an error",
                        Either(ClientSees(b"hello"), Got("reported")), RFC(9110, "3.7"), "the upstream is well again"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="B6",
    level=1,
    needs=["cache", "clock"],
)
