# earns: a script that reacts is given as its function, not called
"""A title.

A story.
"""
from lab import *

def react():
    yield ReceiveRequest()
    yield Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=react(),
    reports=[],
    expect=[Question("Is it a 502?", Answers(502))],
)
