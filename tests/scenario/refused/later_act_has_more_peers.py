# earns: the gateway is told of 1 upstream(s) in the first act
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    reports=[],
    acts=[
        Act(client=Get("/"), upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")], expect=[Question("Is it a 502?", Answers(502))]),
        Act(client=Get("/"), upstream=Upstreams([ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")], Refuse())),
    ],
)
