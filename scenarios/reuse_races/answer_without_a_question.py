"""The upstream answers, and nobody has asked.

A connection is idle, and the upstream has waited long enough for the next request. It is about to close, and explains
itself first: 408, the request took too long. It means well, but there was no request. Now a 408 lies on the connection,
and a moment later somebody else's order comes along. Is the 408 meant for that order?
"""

from lab import *

scenario = Scenario(
    lesson="An answer belongs to a request that waits for it. Where none waits, it is no answer, whatever it says.",
    guess="Is the client told that it was too slow?",
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
                Send(
                    b"HTTP/1.1 408 Request Timeout\r\n",
                    NONCE,
                    b"Connection: close\r\n",
                    b"Content-Length: 0\r\n",
                    b"\r\n",
                    wrong="a response without a request",
                ),
            ],
            expect=[
                MustNot("the 408 is passed on as a second answer", ClientSees(b" 408 "), RFC(9112, "6.3"),
                        "it is data that is left when the answer to the last request is complete"),
            ],
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
                MustNot("the 408 is taken for the answer", Answers(408), RFC(9112, "9.2"),
                        "it came when no request was under way"),
                Should("the order goes to another connection", Answers(201), [RFC(9112, "9.2"), RFC(9112, "9.5")],
                       "this one should have been closed when the unexpected bytes came, or the end"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A22",
    level=3,
    needs=["reuse"],
)
