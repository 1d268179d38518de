"""The report is gone, and then everything is.

The gateway asks whether its stale copy still holds, and the upstream says 404: there is no such report any more. A
little later the upstream cannot be reached at all. The gateway once had a report that might be used in place of an
error. Is it still one that might?
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
GONE = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 404 Not Found\r\n",
        NONCE,
        b"Content-Length: 4\r\n",
        b"\r\n",
        b"gone",
    ),
]
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")

scenario = Scenario(
    lesson="A 404 is news, not trouble: it takes the place of the copy, and no outage brings the copy back.",
    guess="What does the client get after the 404: the 404 again, the old report, or an error?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=GONE,
            clock=100,
            expect=[
                Must("the client is told that the report is gone", Got("relayed"), RFC(9111, "4.3.3"),
                     "a full answer has to be used, and 404 is no server error"),
            ],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=Refuse(wrong="nobody listens at this address any more", right=GONE),
            clock=101,
            expect=[
                HONEST,
                Question("Does the report come back from the dead?", Either(Answers(304), ClientSees(b"hello"))),
                Question("Is it a 502?", Answers(502)),
            ],
        ),
    ],
    reports=["connection_refused"],
    level=2,
    needs=["cache", "clock"],
)
