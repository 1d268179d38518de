"""The connection ends in the middle of the handshake.

The gateway has sent the first message of the handshake, and the upstream has read it. Then the connection ends: no
second message, no alert, no reason. TLS has a word for every kind of trouble, and the upstream has used none of them.
So what can the gateway say that went wrong?
"""

from lab import *

scenario = Scenario(
    lesson="A handshake without an end and without an alert says only where it stopped: look at the upstream's log.",
    guess="Is it a fault of the connection, or of TLS?",
    client=Get("/report"),
    vary={"closed": Close(), "reset": Reset()},
    upstream=lambda end: Peer(
        [Receive(), end],                 # the ClientHello, or its beginning, and then the end
        secure=True,
        wrong="it ends the connection in the middle of the handshake",
        right=[
            StartTLS(),
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
    reports=["tls_protocol_error", "connection_terminated"],
    level=2,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.13"), RFC(9110, "15.6.3")]),
        Question("Does the gateway say that it was TLS?", Reports("tls_protocol_error")),
    ],
)
