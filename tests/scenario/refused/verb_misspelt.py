# earns: Recieve is no word of the language; did you mean Receive?
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=[
        Recieve(),
        Close(wrong="It says nothing.", right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
)
