# earns: Fitting needs a predicate after its sentence, such as Answers(502)
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
    expect=[Fitting("a", clauses=RFC(9110, "15"))],
)
