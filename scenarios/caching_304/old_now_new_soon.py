"""An old one at once, and a new one soon.

The upstream says: good for a minute, and for five minutes more you may use it while you ask me. After two minutes a
client comes. It gets the old copy at once and need not wait. Behind its back the gateway asks, and the next client gets
the new one. Who has waited for the upstream?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="stale-while-revalidate: one client gets an old answer, so that none has to wait for a new one.",
    guess="Which report does each of the three clients get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60, stale-while-revalidate=300\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60, stale-while-revalidate=300\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=120,
            until=UpstreamSees(b"\r\n\r\n"),                # the act lasts until the upstream was asked
            expect=[
                Should("the upstream is asked, whatever the client got", Not(Asked(0)), RFC(5861, "3"),
                       "a copy that is served stale should be asked for meanwhile"),
                Follows("the client gets one of the two", Either(ClientSees(b"hello"), ClientSees(b"goodbye")),
                        [RFC(5861, "3"), RFC(9111, "4.2.4")],
                        "the old one is allowed, and the new one is what there is"),
                Must("a copy comes with its age", Either(Not(MadeBy("store")), HasField(b"Age")), RFC(9111, "4"),
                     "so that everybody sees how old it is"),
                Question("Does it get the old one at once?", Got("stale")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=130,
            expect=[
                Follows("the next client gets one of the two", Either(ClientSees(b"hello"), ClientSees(b"goodbye")),
                        [RFC(5861, "3"), RFC(9111, "4.3.3")],
                        "the old one is allowed still, and the new one is to be used as soon as it is there"),
                Question("Does it get the new one?", ClientSees(b"goodbye")),
                Question("Without waiting for it?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
