"""Not modified, says the one who was to modify.

A client sends an order with POST. The upstream answers 304: nothing has changed, use what you have. But the client has
nothing, and has not asked whether anything has changed. No upstream may say that to a POST. A gateway can pass it on or
not. Is the order placed?
"""

from lab import *

scenario = Scenario(
    lesson="304 answers one question only, and a POST does not ask it.",
    guess="Does the client see the 304?",
    client=Request("POST", "/orders", content=b"one bicycle"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"\r\n",
            wrong="a 304 is no answer to a POST",
            right=Send(
                b"HTTP/1.1 201 Created\r\n",
                NONCE,
                b"Location: /orders/1\r\n",
                b"Content-Length: 0\r\n",
                b"\r\n",
            ),
        ),
    ],
    reports=["http_protocol_error"],
    unseen="its form is right, and only the question makes it nonsense",
    level=3,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5"), RFC(9110, "9.3.3")],
                "nothing is said of whether the order was placed"),
        Question("Does it come through?", Got("relayed")),
        Question("Does the gateway see that it cannot be?", Answers(502)),
    ],
)
