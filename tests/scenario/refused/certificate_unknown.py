# earns: certificate= is one of
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=[
        StartTLS("rotten", wrong="Expired."),
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok"),
    ],
    reports=["tls_certificate_error"],
    expect=[Question("Is it a 502?", Answers(502))],
)
