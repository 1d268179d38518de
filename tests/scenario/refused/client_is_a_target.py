# earns: client= takes a request or a script: write Get('/x')
"""Title.

Story?
"""
from lab import *

scenario = Scenario(
    lesson="x",
    guess="Which?",
    client="/x",
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
