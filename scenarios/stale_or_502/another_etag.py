"""The 304 speaks of another copy.

The gateway has "v1" and asks whether that still holds. The upstream says 304, and means "v2": perhaps it took the
question for one that it had heard before. The gateway does not have "v2". So it knows that "v1" is not confirmed, and
it has nothing else. Asked once more, without a condition, the upstream sends the report. Is it asked?
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
NEW = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v2"\r\n',
    b"Cache-Control: max-age=60\r\n",
    b"Content-Length: 7\r\n",
    b"\r\n",
    b"goodbye",
)
MISTAKEN = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 304 Not Modified\r\n",
        NONCE,
        b'ETag: "v2"\r\n',   # asked about another
        b"\r\n",
        wrong="it confirms what the gateway does not have",
        right=NEW,
    ),
    ReceiveRequest(),        # asked again?
    NEW,
]

scenario = Scenario(
    lesson="A 304 is good for the copy that it names, and for no other.",
    guess="Does anybody get the old report?",
    vary={
        "a plain client": (),
        "a client with the old copy": (b'If-None-Match: "v1"\r\n',),
        "a client with the new copy": (b'If-None-Match: "v2"\r\n',),
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
            upstream=Connections(MISTAKEN, otherwise=[ReceiveRequest(), NEW]),
            clock=100,
            expect=[
                MustNot("the old copy is taken for validated", Either(ClientSees(b"hello"), ClientSees(b'"v1"')),
                        [RFC(9111, "4.3.4"), RFC(9111, "4")], "this 304 must not bring it up to date, and it is stale"),
                Question("Does the cache ask once more?", Asked(2)),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), NEW],
            clock=110,
            expect=[
                MustNot("the old copy counts as fresh", ClientSees(b"hello"), [RFC(9111, "4.3.4"), RFC(9111, "4")],
                        "nobody has confirmed it"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="B6",
    level=2,
    needs=["cache", "clock"],
    unseen="the 304 is well formed: that it names another copy can be seen only from the question",
)
