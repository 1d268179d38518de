"""The second time, the answer is already there.

A client fetches a report. The upstream sends it, and says for how long it may be used without asking: 60 seconds. The
gateway has a cache, passes the report on, and keeps a copy. Ten seconds later another client wants the same report. Who
answers this time, and how could the client tell?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A fresh copy answers in place of the upstream. Age says how old it is.",
    guess="How many of the two requests reach the upstream?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',                # the name of this state of the report
                    b"Cache-Control: max-age=60\r\n", # use it for a minute without asking
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "there is no copy yet, so it comes from behind the gateway"),
                Question("Does the cache say that it had no copy?", CacheSays("fwd=uri-miss")),
                Question("Does the cache say that it has one now?", CacheSays("stored")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=10,                                 # ten seconds later
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "9.3.1")],
                        "from the copy or from the upstream, it is the same"),
                Must("a copy comes with its age", Either(Not(MadeBy("store")), HasField(b"Age")), RFC(9111, "4"),
                     "it was used without asking"),
                Question("Does it come from the store?", MadeBy("store")),
                Question("Is the upstream left in peace?", Asked(0)),
                Question("Does the cache say so?", CacheSays("hit")),
                Question("Does it say for how long the copy stays fresh?", CacheSays("ttl=50")),
            ],
        ),
    ],
    reports=[],
    needs={"cache", "clock"},
)
