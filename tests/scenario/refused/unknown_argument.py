# earns: Close() takes no wrng=; did you mean wrong=?
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
        Close(wrng="It says nothing."),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
)
