"""The answer has a length that is no number.

The gateway asks whether its stale copy still holds. The upstream has a new report and sends it, but where its length
should stand there is a word. Nobody can say where this report ends, so nothing of it can be used. And the old one is
still there. Does the client get the new report, the old one, or none?
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
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v2"\r\n',
        b"Content-Length: seven\r\n",   # not a number
        b"\r\n",
        b"goodbye",
        wrong="its length is no number",
        right=answer(request),
    )
    yield Close()


scenario = Scenario(
    lesson="A new answer that cannot be read is no answer: what was there before is still all there is.",
    guess="The new report, the old one, or an error?",
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
                Follows("the broken answer is not used", Not(ClientSees(b"goodbye")), RFC(9112, "6.3(5)"),
                        "its framing is invalid, and it has to be discarded"),
                Question("Is the client spared the error?", Got("stale")),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A9",
    level=2,
    needs=["cache", "clock"],
)
