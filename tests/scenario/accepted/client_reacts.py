# a client whose script reacts to what it receives
"""A title.

A story.
"""

from lab import *


def asks():
    yield Send(Get("/").wire())
    data = yield Receive()
    yield Close() if data.startswith(b"HTTP") else Reset()


scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=asks,
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
