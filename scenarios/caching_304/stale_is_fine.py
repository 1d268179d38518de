"""An old one will do.

The gateway has a copy that was good for a minute. After two minutes a client asks and says: an old one will do, as long
as it is not more than five minutes past its time. So the client allows what is forbidden otherwise. Meanwhile the
report has changed. Does the client save the time, and get the old one?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A stale copy may be used if somebody allows it: with max-stale, it is the client who does.",
    guess="The old report, or the new one?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Cache-Control: max-stale=300\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=120,
            expect=[
                Follows("the client gets one of the two", Either(ClientSees(b"hello"), ClientSees(b"goodbye")),
                        [RFC(9111, "5.2.1.2"), RFC(9111, "4.2.4")], "it accepts a stale one, and is glad of a new one"),
                Must("a copy comes with its age", Either(Not(MadeBy("store")), HasField(b"Age")), RFC(9111, "4"),
                     "so that everybody sees how old it is"),
                Question("Does the client get the old one?", Got("stale")),
                Question("Does the cache say that it is past its time?", CacheSays("ttl=-60")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
