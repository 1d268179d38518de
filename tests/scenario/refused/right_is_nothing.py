# earns: where nothing is to be sent instead, leave it out
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
            right=b"",
        ),
    ],
    reports=["connection_terminated"],
    expect=[Question("a?", Answers(502))],
)
