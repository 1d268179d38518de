"""The new report comes in chunks, and one is broken.

The gateway asks whether its stale copy still holds. The upstream sends a new report in chunks. The first is in order.
Then, where the size of the second should stand, there is a word. From here on nobody can tell sizes from content. The
gateway has passed on the first chunk, and was storing it as it went by. What becomes of the copy that it had?
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
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v2"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"\r\n",
        b"4\r\n",
        b"good\r\n",
    )
    yield Until(ClientSees(b"good"))   # a gateway that waits for more goes on from here
    yield Send(
        b"three\r\n",                  # no size
        b"bye\r\n",
        b"0\r\n",
        b"\r\n",
        wrong="a chunk size that is no number",
        right=Send(b"3\r\n", b"bye\r\n", b"0\r\n", b"\r\n"),
    )


scenario = Scenario(
    lesson="Storing while it streams is fine, if the old copy stays until the last chunk is in.",
    guess="Is the old copy still there afterwards?",
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
                Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "8"), RFC(9112, "7.1")],
                        "the last chunk never came"),
                Question("Does the client get the old report instead?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=200,
            expect=[
                Must("the fragment is not used", Not(Either(Got("disguised"), ClientSees(b"good"))),
                     [RFC(9111, "3.3"), RFC(9112, "8")], "it was incomplete, and never made complete"),
                Question("Does the cache still have the good copy, and ask by its name?", UpstreamSees(b'"v1"')),
            ],
        ),
    ],
    reports=["http_response_transfer_coding"],
    cause="A25",
    level=2,
    needs=["cache", "clock"],
)
