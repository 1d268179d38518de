# earns: acts= takes a list of Act(...)
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    reports=[],
    acts=Act(client=Get("/"), upstream=[ReceiveRequest()]),
)
