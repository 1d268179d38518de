# earns: write Send(b'HTTP/1.1 200 OK
"""Title.

Story?
"""
from lab import *

scenario = Scenario(
    lesson="x",
    guess="Which?",
    client=Get("/"),
    upstream=[
        ReceiveRequest(),
        Close(
            wrong="no byte",
            right=b"HTTP/1.1 200 OK\r\n\r\n",
        ),
    ],
    reports=["connection_terminated"],
    expect=[Question("a?", Answers(502))],
)
