# earns: Scenario() takes no leson=; did you mean lesson=?
"""Title.

Story?
"""
from lab import *

scenario = Scenario(
    leson="x",
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
    expect=[Question("a?", Answers(502))],
)
