# earns: not marked wrong=, but the answer is incomplete
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
        Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 20\r\n", b"\r\n", b"ok"),
        Close(),
    ],
    reports=[],
    expect=[Question("Is it a 502?", Answers(502))],
)
