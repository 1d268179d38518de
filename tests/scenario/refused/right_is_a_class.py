# earns: right= takes a step or a script
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=[ReceiveRequest(), Close(wrong="It says nothing.", right=Send)],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=["connection_terminated"],
)
