"""The time for asking in the background is over.

A stale copy may be used for ten minutes while it is asked again. Nobody has come for an hour. Now a client comes, and
the time is over: this one has to wait for the answer. The upstream hangs up instead. Nothing in the copy says that it
may be used in place of an error. What was the permission for, if not for this?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-while-revalidate=600\r\n",   # good until 60; while it is asked again until 660
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-while-revalidate=600\r\n",
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
    yield Close(wrong="asked whether the copy holds, it hangs up", right=answer(request))


scenario = Scenario(
    lesson="stale-while-revalidate is for a quick answer, stale-if-error for a broken upstream: one is not the other.",
    guess="The old report, or a 502?",
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
            clock=3600,
            expect=[
                HONEST,
                Question("Is the copy used all the same?", Got("stale")),
                Question("Is it a 502?", Answers(502)),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="B12",
    level=3,
    needs=["cache", "clock"],
)
