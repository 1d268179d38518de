# earns: reuse=: the connection of the act before speaks HTTP/2 by hand, and cannot go on with HTTP/1
"""A title.

A story.
"""
from lab import *

OK = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")]
BY_HAND = [Send(h2.preface(), h2.headers(1, h2.asks(), end_stream=True))]

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    acts=[
        Act(client=BY_HAND, upstream=OK, expect=[Question("Is it a 200?", Answers(200))]),
        Act(client=Get("/"), reuse=True, expect=[Question("Is it a 200?", Answers(200))]),
    ],
    reports=[],
)
