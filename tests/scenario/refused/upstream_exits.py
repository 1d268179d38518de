# earns: SystemExit: 4
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=lambda word: exit(4),
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
    vary={"a": 1, "b": 2},
)
