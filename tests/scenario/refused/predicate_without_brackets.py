# earns: Answers needs its brackets: Answers(...)
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
            right=Send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ),
    ],
    reports=["connection_terminated"],
    expect=[Must("a", Answers, RFC(9110, "15"))],
)
