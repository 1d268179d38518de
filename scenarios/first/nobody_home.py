"""Nobody is at home.

The upstream's program has crashed. Its machine is still there, and turns every attempt to connect away: refused. The
gateway cannot pass on a single word of the request. But its client is connected, and waits for an answer. What can the
gateway tell it?
"""

from lab import *

scenario = Scenario(
    lesson="A 502 is a message from a gateway about somebody behind it: look there first.",
    guess="Which status does the client see, and who wrote it?",
    client=Get("/report"),
    upstream=Refuse(
        wrong="nobody listens at this address",
        right=[
            ReceiveRequest(),
            Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ],
    ),
    reports=["connection_refused"],
    cause="A2",
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.7"), RFC(9110, "15.6.3")]),
        Question("Does the gateway say that it was refused?", Reports("connection_refused")),
    ],
)
