"""A mail server answers 502.

The gateway was told the port of a mail server. SMTP is a protocol of text lines like HTTP, with codes of three digits
too: 220 for a greeting, and 502 for a command that the server does not carry out. GET is none that it does. So the
upstream says 502, and the gateway may say 502. Is it the same 502?
"""

from lab import *

scenario = Scenario(
    lesson="Three digits mean something only in their own protocol: the 502 of SMTP and the 502 of HTTP are strangers.",
    guess="The upstream says 502. Who makes the 502 that the client sees?",
    client=Get("/report"),
    upstream=Peer(
        [
            Send(b"220 mail.test ready\r\n"),          # the greeting, unasked
            Receive(),
            Send(b"502 Command not implemented\r\n"),  # said of GET
            Close(),
        ],
        wrong="this port speaks SMTP",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    level=1,
    expect=[
        Follows("the client gets neither the lines nor an answer made of them",
                Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "2.1"), RFC(9112, "4")], "a status line begins with the version of HTTP"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Was it made by the gateway?", MadeBy("gateway")),
    ],
)
