# earns: the gateway is told once how it reaches this peer
"""A title.

A story.
"""
from lab import *

OK = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")]

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    acts=[
        Act(client=Get("/"), upstream=OK, expect=[Question("Is it a 200?", Answers(200))]),
        Act(
            client=Get("/"),
            upstream=UnixSocket(found="absent", wrong="It is not there.", right=OK),
            expect=[Question("Is it a 502?", Answers(502))],
        ),
    ],
    reports=["connection_refused"],
    needs=["unix"],
)
