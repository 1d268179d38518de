# earns: client= takes a request or a script
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client="/",
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
