# earns: with what is marked wrong= left out (there is no right=), the answer is incomplete
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
        Close(wrong="18 bytes are missing."),
    ],
    reports=["http_response_incomplete"],
    expect=[Question("Is it a 502?", Answers(502))],
)
