# the answer begins before the request has ended: it is one answer
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=[
        Send(b"POST / HTTP/1.1\r\nHost: lab.test\r\nContent-Length: 10\r\n\r\nhello"),
        Until(ClientSees(b"200")),
        Send(b"world"),
    ],
    upstream=[
        ReceiveRequest(content=5),
        Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n\r\n"),
        Receive(5),
        Send(b"ok"),
    ],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
)
