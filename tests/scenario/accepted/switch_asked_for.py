# a 101 that was asked for is a valid answer (RFC 9110, 7.8)
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/", b"Connection: Upgrade\r\n", b"Upgrade: echo\r\n"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n", NONCE, b"\r\n"),
        Receive(),
        Send(b"echo"),
    ],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
