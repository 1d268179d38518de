"""The upstream breaks off in the middle of an upload.

The client sends an order in two parts. The upstream has read the first part when it breaks the connection, without a
word. The second part is still on its way. Perhaps the upstream has written something down before it died; nobody knows.
Should the gateway send the order again?
"""

from lab import *

scenario = Scenario(
    lesson="Half of an order may have been carried out: say that it failed, and leave the second try to the client.",
    guess="How often does the upstream get this order?",
    client=[
        Send(
            b"POST /orders HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Content-Length: 24\r\n",
            b"\r\n",
            b"one bicycle,",             # 12 of 24
        ),
        Until(UpstreamSees(b"bicycle")),
        Send(b" and a bell."),
    ],
    upstream=[
        ReceiveRequest(content=12),
        Reset(
            wrong="it breaks off without an answer",
            right=Send(
                b"HTTP/1.1 201 Created\r\n",
                NONCE, FIELDS,
                b"Location: /orders/1\r\n",
                b"Content-Length: 0\r\n",
                b"\r\n",
            ),
        ),
    ],
    reports=["connection_terminated"],
    cause="A4",
    level=2,
    expect=[
        ShouldNot("the order is sent again automatically", Not(Either(Asked(0), Asked(1))), RFC(9110, "9.2.2"),
                  "POST is not idempotent, and nothing shows that the first order was not carried out"),
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
    ],
)
