# earns: marked wrong=, but the bytes are a valid, complete answer
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 2\r\n", b"\r\n", b"ok", wrong="Nothing is.", right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")),
    ],
    reports=["http_protocol_error"],
    expect=[Question("Is it a 502?", Answers(502))],
)
