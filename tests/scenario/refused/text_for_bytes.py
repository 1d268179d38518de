# earns: argument 1 of Send is text, not bytes: write b'HTTP/1.1 200 OK\r\n'
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
        Send("HTTP/1.1 200 OK\r\n", wrong="Text."),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
)
