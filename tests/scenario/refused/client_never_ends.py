# earns: the script does not end: more than 1,000 steps
"""A title.

A story.
"""

from lab import *


def asks():
    while True:
        yield Send(b"more")


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=asks,
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
