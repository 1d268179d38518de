# earns: RFC 9112
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
    expect=[Must("it reports", Answers(502), RFC(9112, "6.33"))],
)
