# earns: a peer marked wrong= needs right=
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=Refuse(wrong="Nobody listens."),
    reports=["connection_refused"],
    expect=[Question("Is it a 502?", Answers(502))],
)
