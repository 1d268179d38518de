"""From the store, or not at all.

A client knows that the upstream is in trouble and does not want to add to it. It asks for what the store has, and for
nothing else: only-if-cached. One report is there, fresh. One is there, stale. One was never asked for. The upstream
would say 500 to whoever asks. For which of them is the answer an error, and whose?
"""

from lab import *
from lab.expect import CacheSays

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
OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")

scenario = Scenario(
    lesson="A 504 can come from a cache that was told not to ask: then nothing behind it has failed.",
    guess="Which of the three is a 504, and did any upstream take too long?",
    vary={"fresh": ("/report", 10), "stale": ("/report", 100), "never asked for": ("/other", 10)},
    acts=lambda asked: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get(asked[0], b"Cache-Control: only-if-cached\r\n"),
            upstream=SORRY,
            clock=asked[1],
            expect=[
                Should("where nobody is asked, the store answers, or it is a 504",
                       Either(MadeBy("store"), Answers(504), Not(Asked(0))), RFC(9111, "5.2.1.7"),
                       "this is how a cache does what is asked, if it does it"),
                HONEST,
                Question("Is the upstream left alone?", Asked(0)),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["cache", "clock"],
)
