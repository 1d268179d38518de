# earns: the first act needs upstream=
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    reports=[],
    acts=[Act(client=Get("/"), expect=[Question("Is it a 502?", Answers(502))])],
)
