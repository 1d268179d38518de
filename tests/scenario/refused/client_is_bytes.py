# earns: bytes are sent by [Send(b'...')]
"""Title.

Story?
"""
from lab import *

scenario = Scenario(
    lesson="x",
    guess="Which?",
    client=b"GET / HTTP/1.1",
    upstream=[
        ReceiveRequest(),
        Close(
            wrong="no byte",
            right=Send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ),
    ],
    reports=["connection_terminated"],
    expect=[Question("a?", Answers(502))],
)
