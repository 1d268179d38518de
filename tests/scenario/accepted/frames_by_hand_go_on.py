# HTTP/2 by hand begins where HTTP/1.1 was spoken, and goes on from act to act
"""A title.

A story.
"""

from lab import *

OK = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")]
WELL = [Question("Is it a 200?", Answers(200))]

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    acts=[
        Act(client=Get("/"), upstream=OK, expect=WELL),
        Act(client=[Send(h2.preface(), h2.headers(1, h2.asks(), end_stream=True))], reuse=True, expect=WELL),
        Act(client=[Send(h2.headers(3, h2.asks(), end_stream=True))], reuse=True, expect=WELL),
        Act(client=Get("/"), expect=WELL),
    ],
    reports=[],
)
