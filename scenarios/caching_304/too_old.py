"""The copy has grown old, and is still good.

The gateway has a copy of the report, named "v1", which could be used for a minute. The next client comes after two. So
the gateway asks the upstream: has it changed since "v1"? It has not, and the upstream says 304, without content. The
client has set no condition, and wants a report to read. What does it get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="A 304 can end at the gateway: it makes an old copy young again, and the client gets a 200.",
    guess="Does the client see a 304?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            clock=120,                                    # a minute too late
            expect=[
                Must("an old copy is not used before the upstream was asked by its name",
                     Either(Not(MadeBy("store")), UpstreamSees(b'"v1"')),
                     [RFC(9111, "4.2.4"), RFC(9111, "4.3.1")], "it was stale, and nobody has allowed it"),
                Follows("the client gets the report, and no 304", ClientSees(b"hello"), RFC(9110, "15.4.5"),
                        "a 304 is for those who have set a condition, and this client has nothing to use"),
                Question("Is it the copy?", Got("stored")),
                Question("Does the cache say that it was stale?", CacheSays("fwd=stale")),
                Question("Does it say that it was told 304?", CacheSays("fwd-status=304")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=150,                                    # half a minute after it was asked
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4.3.4"), RFC(9110, "9.3.1")],
                        "the 304 has made the copy fresh for another minute"),
                Question("Is the upstream left in peace again?", Asked(0)),
            ],
        ),
    ],
    reports=[],
    needs={"cache", "clock"},
)
