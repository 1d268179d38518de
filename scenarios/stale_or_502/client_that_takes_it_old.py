"""A client takes it old, and does not want to wait.

With max-stale a client says beforehand that an old report will do. It does not ask for it in place of an error: it
takes it in any case. So the gateway need not even ask the upstream, which happens to be broken. Whoever asks it gets a
500. Who of the clients finds out?
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
SORRY = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 500 Internal Server Error\r\n",
        NONCE,
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"sorry",
        watch="an error, for whoever asks",
    ),
]
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")

scenario = Scenario(
    lesson="max-stale is asked before anything has gone wrong: a wide one never meets the broken upstream.",
    guess="Who gets a 200 without anybody having asked?",
    vary={
        "however old": (b"Cache-Control: max-stale\r\n",),
        "not so old": (b"Cache-Control: max-stale=10\r\n",),
        "it says nothing": (),
    },
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=SORRY,
            clock=100,
            expect=[
                HONEST,
                Question("Does the client get the old report?", Got("stale")),
                Question("Is the upstream left alone?", Asked(0)),
                Question("Does the cache say how stale it is?", CacheSays("ttl")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["cache", "clock"],
)
