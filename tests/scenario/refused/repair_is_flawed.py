# earns: repaired (right=), but the answer is incomplete
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
        Close(wrong="18 bytes are missing.", right=Send(b"only some")),
    ],
    reports=["http_response_incomplete"],
    expect=[Question("Is it a 502?", Answers(502))],
)
