"""The gateway speaks plain HTTP, the upstream wants TLS.

The upstream was moved to https, and the gateway still sends its request in plain text. A TLS server waits for a
handshake and finds letters. It answers in its own language: seven bytes, a TLS alert. To a gateway that waits for a
status line these seven bytes are noise. What will it say about them?
"""

from lab import *

scenario = Scenario(
    lesson="An answer that begins with the bytes 15 03 is TLS saying no: the right door, the wrong language.",
    guess="Seven strange bytes: what does the gateway make of them?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),
            Send(
                b"\x15\x03\x03\x00\x02",  # a TLS record: an alert, TLS 1.2, two bytes
                b"\x02\x46",              # fatal, protocol_version
            ),
            Close(),
        ],
        wrong="this port speaks TLS, and the gateway was not told",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    cause="A11",
    level=2,
    expect=[
        Follows("the client gets neither the alert nor an answer made of it",
                Not(Got("disguised", "not-http", "own")), RFC(9112, "2.1"), "no message of HTTP begins so"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Do the bytes of the alert reach the client?", ClientSees(b"\x15\x03\x03")),
    ],
)
