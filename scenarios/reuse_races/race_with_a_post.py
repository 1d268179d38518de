"""The upstream closes just when an order comes.

Again the upstream closes an idle connection while the next request is on its way, and this time the request is an
order. Perhaps the upstream has never seen it. Perhaps it has taken it down, and only then closed. On the wire these two
look exactly the same. Should the gateway send the order once more?
"""

from lab import *

scenario = Scenario(
    lesson="If you cannot know whether an order arrived, ask the one who gave it: a 502 is better than two bicycles.",
    guess="How many bicycles?",
    vary={"closed": Close, "reset": Reset},
    acts=lambda ends: [
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Request("POST", "/orders", content=b"one bicycle"),
            upstream=[
                ReceiveRequest(),
                ends(
                    wrong="it ends the connection while the order is on the wire",
                    right=Send(
                        b"HTTP/1.1 201 Created\r\n",
                        NONCE,
                        b"Location: /orders/1\r\n",
                        b"Content-Length: 0\r\n",
                        b"\r\n",
                    ),
                ),
            ],
            expect=[
                ShouldNot("the order is sent again automatically", Not(Either(Asked(0), Asked(1))), RFC(9110, "9.2.2"),
                          "POST is not idempotent, and nothing shows that the first order was not carried out"),
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A1",
    level=2,
    needs=["reuse"],
)
