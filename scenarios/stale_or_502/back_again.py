"""The upstream comes back.

For a while the upstream is gone, and a stale copy stands in for it. Then it is there again. No word of that comes to
the gateway: there is no message for it. The next request simply asks, as the one before did, and this time there is an
answer: the report has not changed, or it has. What cured the outage?
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
NEW = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v2"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",
    b"Content-Length: 7\r\n",
    b"\r\n",
    b"goodbye",
)


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


def unchanged():
    request = yield ReceiveRequest()
    yield answer(request)


def changed():
    yield ReceiveRequest()
    yield NEW


scenario = Scenario(
    lesson="Nothing at the gateway has to be cleared or restarted: the next question that is answered ends the outage.",
    guess="Which request gets the first answer that is not stale?",
    vary={"nothing has changed": unchanged, "it has changed": changed},
    acts=lambda returned: [
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
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order"),
                Question("Does the copy stand in for it?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=returned,
            clock=110,
            expect=[
                Question("Does the client get the report as it is now?", Got("stored", "relayed")),
                Question("Or does the gateway not even ask?", Asked(0)),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=120,
            expect=[
                Follows("what the client gets is true", Not(Got("own", "disguised", "cut-short")), RFC(9110, "3.7"),
                        "there is a copy, and an upstream that is well"),
                Question("Is the copy fresh again, so that nobody has to be asked?", Asked(0)),
            ],
        ),
    ],
    reports=["connection_refused"],
    level=1,
    needs=["cache", "clock"],
)
