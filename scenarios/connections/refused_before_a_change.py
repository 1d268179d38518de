"""Nobody listens, and the request would have changed something.

The client sends an order. The upstream's machine is there, but no program listens, so the connection is refused. An
order that may have been carried out must not simply be sent again. But has this one? Not a byte of it has reached
anybody.
"""

from lab import *

scenario = Scenario(
    lesson="After a refusal one thing is certain: nothing has been done, and it is safe to try again.",
    guess="May the client send its order once more, without ordering twice?",
    client=Request("POST", "/orders", content=b"one bicycle"),
    upstream=Refuse(
        wrong="nobody listens at this address",
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
    reports=["connection_refused"],
    cause="A2",
    level=2,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.7"), RFC(9110, "15.6.3")]),
        Question("Can the client know that nothing was done?", Reports("connection_refused")),
    ],
)
