# earns: the script does not end: more than 1,000 steps
"""A title.

A story.
"""
from lab import *

def react():
    yield ReceiveRequest()
    while True:
        yield Send(b"more")


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=react,
    reports=[],
    expect=[Question("Is it a 502?", Answers(502))],
)
