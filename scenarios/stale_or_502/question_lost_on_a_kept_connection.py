"""The question is lost on a connection that was kept.

The gateway has asked once, and kept the connection. When the copy is stale it asks again on the same one, and the
upstream closes just then. A GET may be sent again on a new connection, and there the upstream is well. The copy may be
used in place of an error. Was there an error at all?
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


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


def lost():
    request = yield ReceiveRequest()
    yield Close(wrong="it closes just when it is asked", right=answer(request))


scenario = Scenario(
    lesson="Ask again before you fall back: a lost connection is no error yet, and a stale answer would hide a 304.",
    guess="Is the client's answer stale, or validated?",
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
            upstream=Connections(lost, otherwise=well),
            clock=100,
            expect=[
                Follows("the client gets the report, or hears that its copy is good, or that there was an error",
                        Either(Got("stored", "relayed", "stale"), Answers(502)), [RFC(9110, "9.2.2"), RFC(5861, "4")],
                        "the question may be sent again, and the copy may be used in place of an error"),
                Question("Is the question sent again?", Asked(2)),
                Question("Is the copy validated?", Got("stored", "relayed")),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A1",
    level=3,
    needs=["cache", "clock", "reuse"],
)
