# earns: a script is a list of steps, or a function that yields them, not 5
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=5,
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
