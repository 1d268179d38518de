# earns: not marked wrong=, but at byte
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
        Send(b"HTTP/1.1 200 OK\r\n", b"No colon\r\n", b"Content-Length: 2\r\n", b"\r\n", b"ok"),
    ],
    reports=[],
    expect=[Question("Is it a 502?", Answers(502))],
)
