# a generator with its first argument given
"""A title.

A story.
"""

from functools import partial

from lab import *


def answers(content):
    yield ReceiveRequest()
    yield Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: %d\r\n\r\n" % len(content), content)


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=partial(answers, b"ok"),
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
