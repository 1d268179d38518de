"""The 304 has a line that is no field line.

The gateway asks whether its stale copy still holds. The upstream says 304, names the right ETag, and then writes a line
without a colon. Whoever is strict throws the whole answer away, and has asked in vain. Whoever is forgiving skips the
line. In place of an error the copy may be used. So both end with the same copy. What is the difference?
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
        b"HTTP/1.1 304 Not Modified\r\n",
        NONCE,
        b'ETag: "v1"\r\n',
        b"out of paper\r\n",   # no colon, no field
        b"\r\n",
        wrong="a line that is no field line",
        right=answer(request),
    )


scenario = Scenario(
    lesson="The same bytes, validated for one gateway and stale for another: it shows in Age and Cache-Status alone.",
    guess="Is the copy fresh afterwards, or stale, or is there an error?",
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
                MustNot("the line is passed on", HasField(b"out of paper"), RFC(9110, "2.2"),
                        "a sender must not generate what the grammar does not allow"),
                Question("Is the copy used as a stale one?", Got("stale")),
                Question("Or is it validated?", Got("stored", "relayed", "repaired")),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=3,
    needs=["cache", "clock"],
)
