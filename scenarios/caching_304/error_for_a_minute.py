"""An error to be kept for a minute.

The upstream answers 502 and adds: this is good for a minute. It wants to be left in peace while it is being repaired.
That is allowed: an error that says how long it is good for may be kept like any other answer. Ten seconds later the
repair is done. Who finds out?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A stored 502 outlives its cause. It is in the gateway's store: emptying the client's cache does not help.",
    guess="A 502, or the report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 502 Bad Gateway\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 6\r\n",
                    b"\r\n",
                    b"sorry\n",
                    watch="an error that may be kept",
                ),
            ],
            expect=[
                Follows("the client gets the upstream's 502", Got("relayed"), RFC(9110, "3.7"),
                        "it is complete, and it is the answer"),
                Question("Does the cache keep the error?", CacheSays("stored")),
            ],
        ),
        Act(
            client=Get("/report"),
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
            clock=10,
            expect=[
                Follows("the client gets the error, or the report", Either(ClientSees(b"sorry"), ClientSees(b"hello")),
                        [RFC(9111, "3"), RFC(9111, "4")], "a cache may keep it for so long, and need not"),
                Question("Does the failure go on, although it is over?", ClientSees(b"sorry")),
                Question("Can one see that it is an old one?", HasField(b"Age: 10")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=120,
            expect=[
                MustNot("the error is still used", ClientSees(b"sorry"), [RFC(9111, "4"), RFC(9111, "4.2.4")],
                        "its minute is over"),
                Follows("the client gets the report", ClientSees(b"hello"), RFC(9110, "3.7"),
                        "the upstream has it"),
            ],
        ),
    ],
    reports=[],
    cause="B13",
    level=2,
    needs={"cache", "clock"},
)
