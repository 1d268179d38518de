"""The upstream is there, and says 304.

A gateway with a cache has a copy of a report, good for a minute. Later a client wants the report. The minute is over:
the copy is stale, and the gateway asks the upstream whether it still holds. The upstream says 304, and sends no
content. That is one answer to one question, but who had asked: the gateway, the client, or both?
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
    b"Cache-Control: max-age=60\r\n",   # and good for another one
    b"\r\n",
)


def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


def story(asker):
    lines, expected = asker
    return [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            clock=100,
            expect=[
                expected,
                Follows("the answer is complete, and true", Got("relayed", "stored"),
                        [RFC(9110, "3.7"), RFC(9111, "4.3.4")], "the upstream has said that the copy holds"),
                Question("Does the cache ask by the name of its own copy?", UpstreamSees(b'"v1"')),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=120,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), RFC(9110, "3.7"), "it has no copy yet"),
                Question("Has the 304 made the copy good for another minute?", Asked(0)),
            ],
        ),
    ]


PLAIN = Follows("who has no copy gets the report itself", ClientSees(b"hello"),
                [RFC(9110, "15.4.5"), RFC(9111, "4.3.3")], "a 304 is for those who have set a condition")
CONTENT = Must("who has another copy gets the report itself", ClientSees(b"hello"), RFC(9111, "4.3.2"),
               "this 304 speaks of a copy that the client does not have")
GOOD = Follows("who has the copy is told that it is good, or gets it again", Either(Answers(304), ClientSees(b"hello")),
               RFC(9110, "15.4.5"), "the upstream has said so")

scenario = Scenario(
    lesson="A 304 answers the cache's question. What the client gets depends on what the client has.",
    guess="Which of the three clients sees a 304?",
    vary={
        "a plain client": ((), PLAIN),
        "a client with a copy": ((b'If-None-Match: "v1"\r\n',), GOOD),
        "a client with another copy": ((b'If-None-Match: "v0"\r\n',), CONTENT),
    },
    acts=story,
    reports=[],
    level=1,
    needs=["cache", "clock"],
)
