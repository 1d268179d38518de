# a function that gives the steps, and does not yield them
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=lambda: [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
