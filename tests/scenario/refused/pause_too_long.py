# earns: Pause takes more than 0 and at most 5 seconds, not 60
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
        Pause(60, wrong="Too long."),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok"),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
)
