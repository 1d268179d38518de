# earns: no step is marked wrong=, though reports= names an error
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
        Close(),
    ],
    reports=["connection_terminated"],
    expect=[Question("Is it a 502?", Answers(502))],
)
