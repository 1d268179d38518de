"""The upstream breaks the connection off.

The gateway's copy is a minute old and no longer fresh. It asks the upstream, and the connection ends with a reset: not
a word of goodbye, as when a program is killed. This copy came without any permission to use it in bad times. May a
cache use it all the same, because it cannot reach anybody who knows better?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute, and nothing said of later
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
    request = yield ReceiveRequest()
    yield Reset(wrong="asked whether the copy holds, it breaks off", right=answer(request))


scenario = Scenario(
    lesson="Say what may be done with a copy in bad times, or each cache decides for itself.",
    guess="The old report, or an error?",
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
                Question("Is the copy used, though nobody has allowed it?", Got("stale")),
                Fitting("else it is a 502", Either(Got("stale"), Answers(502)),
                        [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A4",
    level=2,
    needs=["cache", "clock"],
)
