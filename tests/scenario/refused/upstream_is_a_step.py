# earns: a script is a list of steps, or a function that yields them, not Close(
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=Close(),
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
