"""The handshake is answered with nonsense.

What comes back looks like TLS from outside: a record with the right type and the right length. But inside there is no
ServerHello, only five letters. A box on the way may have meddled with the bytes, or a program is broken. No key has
been agreed on, and no HTTP has been spoken. What can the gateway say to its client?
"""

from lab import *

scenario = Scenario(
    lesson="When a handshake fails, no HTTP has been spoken yet: only the gateway can tell what happened.",
    guess="Does the client get to see the five letters?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),                    # the ClientHello, or its beginning
            Send(
                b"\x16\x03\x03\x00\x05",  # a TLS record: handshake, TLS 1.2, five bytes
                b"hello",                 # and these are no ServerHello
            ),
            Stall(),
        ],
        secure=True,
        wrong="what it sends is no message of the handshake",
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
    reports=["tls_protocol_error"],
    level=3,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Follows("nothing of it reaches the client", Not(ClientSees(b"\x16\x03\x03")), RFC(9112, "9.7"),
                "only what TLS has decrypted can be HTTP"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.13"), RFC(9110, "15.6.3")]),
    ],
)
