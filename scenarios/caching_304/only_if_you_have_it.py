"""Only if you have it already.

A client is in a hurry and adds only-if-cached: give me a copy, or nothing. The gateway has no copy. It could ask the
upstream, which is well and would answer at once. But that is not what the client wants. So it says 504, although nobody
was late. Later there is a copy, and the client tries again. What now?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="Not every 504 is about time: only-if-cached asks for a copy or a 504, and asks nobody else.",
    guess="Does the upstream hear of the first request?",
    acts=[
        Act(
            client=Get("/report", b"Cache-Control: only-if-cached\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Follows("the client gets the report, or a 504", Either(ClientSees(b"hello"), Answers(504)),
                        [RFC(9111, "5.2.1.7"), RFC(9111, "5.2.1")],
                        "who honours the wish says 504, and who does not serves it as it serves others"),
                Question("Does the gateway honour the wish?", Asked(0)),
                Should("an answer of the gateway's own has no Cache-Status",
                       Either(Not(MadeBy("gateway")), Not(HasField(b"Cache-Status"))), RFC(9211, "2"),
                       "nothing in the 504 comes from a store"),
            ],
        ),
        Act(
            client=Get("/report"),
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Cache-Control: only-if-cached\r\n"),
            expect=[
                Follows("the client gets the report, or a 504", Either(ClientSees(b"hello"), Answers(504)),
                        [RFC(9111, "5.2.1.7"), RFC(9111, "5.2.1")], "the copy is all that is asked for"),
                Question("Is there a copy, and is it given?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
