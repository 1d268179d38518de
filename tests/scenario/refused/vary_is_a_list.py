# earns: vary= takes a dict
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=lambda word: [ReceiveRequest(), Send(word)],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
    vary=["a"],
)
