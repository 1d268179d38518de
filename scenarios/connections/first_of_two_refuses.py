"""One of two upstreams is gone.

The gateway knows two upstreams that can do the same work. The first refuses the connection. The request is an order,
and orders are not to be sent twice. But this one has not been sent at all: the door was closed before its first byte.
Does the client have to hear of this?
"""

from lab import *

scenario = Scenario(
    lesson="A request that was never sent may go to somebody else, even an order: only a second sending is a retry.",
    guess="Does the client notice anything?",
    client=Request("POST", "/orders", content=b"one bicycle"),
    upstream=Upstreams(
        Refuse(
            wrong="nobody listens at the first address",
            right=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 201 Created\r\n",
                    NONCE, FIELDS,
                    b"Location: /orders/1\r\n",
                    b"Content-Length: 0\r\n",
                    b"\r\n",
                ),
            ],
        ),
        [
            ReceiveRequest(),
            Send(
                b"HTTP/1.1 201 Created\r\n",
                NONCE, FIELDS,
                b"Location: /orders/2\r\n",
                b"Content-Length: 0\r\n",
                b"\r\n",
            ),
        ],
    ),
    reports=["connection_refused"],
    cause="A2",
    level=2,
    needs=["several-upstreams"],
    expect=[
        ShouldNot("the order is sent twice", Asked(2), RFC(9110, "9.2.2")),
        Question("Does the second upstream help out?", Answers(201)),
    ],
)
