"""The upstream ends the handshake with an alert.

The gateway says which ciphers it knows, and the upstream accepts none of them. It does not just hang up: it sends an
alert, seven bytes in all, and then closes. There is little in an alert, only a level and a number. But the number is a
reason, and nobody but the gateway has heard it.
"""

from lab import *

scenario = Scenario(
    lesson="An alert is a reason of one byte. It ends at the gateway, unless the gateway passes it on in words.",
    guess="Will anybody outside ever learn the number?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),                    # the ClientHello, or its beginning
            Send(
                b"\x15\x03\x03\x00\x02",  # a TLS record: an alert, TLS 1.2, two bytes
                b"\x02\x28",              # fatal, handshake_failure (40)
            ),
            Close(),
        ],
        secure=True,
        wrong="it accepts none of the ciphers on offer",
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
    reports=["tls_alert_received"],
    level=2,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.15"), RFC(9110, "15.6.3")]),
        Question("Does the gateway name the alert?", ClientSees(b"handshake_failure")),
    ],
)
