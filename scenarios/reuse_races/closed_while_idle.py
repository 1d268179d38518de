"""The upstream closes an idle connection.

The answer is complete, and both sides leave the connection open for the next request. Some time later the upstream has
waited long enough and closes it. It has every right to. Nothing is lost, for nothing was under way. Then an order comes
from a client. Does the gateway know by then that this connection has ended?
"""

from lab import *

scenario = Scenario(
    lesson="Look before you write: an idle connection that has ended costs nothing, unless an order is sent on it.",
    guess="Does the order arrive, and does it arrive once?",
    acts=[
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
                Until(ClientSees(b"hello")),
                Close(watch="it closes a connection on which nothing is under way"),
            ],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Request("POST", "/orders", content=b"one bicycle"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 201 Created\r\n",
                    NONCE,
                    b"Location: /orders/1\r\n",
                    b"Content-Length: 0\r\n",
                    b"\r\n",
                ),
            ],
            expect=[
                Should("the order goes to a connection that is open", Answers(201), RFC(9112, "9.5"),
                       "idle connections are to be watched for their end"),
                ShouldNot("it is sent twice", Not(Either(Asked(0), Asked(1))), RFC(9110, "9.2.2")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["reuse"],
)
