"""Half a handshake comes back.

The gateway asks in plain HTTP. What it gets is the first message of a TLS server: a ServerHello. This server must have
heard a greeting from somebody else, on a connection that a box in between has mixed up with this one. The first byte is
16 in hexadecimal, a handshake. No alert, no refusal: on the contrary, it agrees. To what?
"""

from lab import *

scenario = Scenario(
    lesson="16 03 is the beginning of a TLS handshake: where a status line should be, somebody has mixed up two lines.",
    guess="What does the client get to read?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),
            Send(
                b"\x16\x03\x03\x00\x2c",    # a TLS record: handshake, TLS 1.2, 44 bytes
                b"\x02\x00\x00\x28",        # a ServerHello of 40 bytes
                b"\x03\x03", b"\x00" * 32,  # TLS 1.2, and what should be random
                b"\x00",                    # no session
                b"\xc0\x2f", b"\x00",       # a cipher, no compression
                b"\x00\x00",                # no extensions
            ),
            Stall(),                        # the next word would be the client's
        ],
        wrong="this is the answer to a TLS handshake that nobody has begun here",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    cause="A11",
    level=3,
    expect=[
        Follows("the client gets neither the handshake nor an answer made of it",
                Not(Got("disguised", "not-http", "own")), RFC(9112, "2.1"), "no message of HTTP begins so"),
        Fitting("the client gets a 502, or a 504 after waiting for the end of the line", Answers(502, 504),
                [RFC(9110, "15.6.3"), RFC(9110, "15.6.5")]),
        Question("Do its bytes reach the client?", ClientSees(b"\x16\x03\x03")),
    ],
)
