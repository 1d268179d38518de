# earns: placeholders are for what the upstream sends
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=[Send(b"GET / HTTP/1.1\r\n", NONCE, b"Host: lab.test\r\n\r\n")],
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
