# earns: level= is 1, 2 or 3, not 4
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
        Close(wrong="It says nothing.", right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
    level=4,
)
