# earns: the script fails in its rehearsal
"""A title.

A story.
"""
from lab import *

def react():
    request = yield ReceiveRequest()
    yield Send(b"%d" % (1 // len(request.content)))


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=react,
    reports=[],
    expect=[Question("Is it a 502?", Answers(502))],
)
