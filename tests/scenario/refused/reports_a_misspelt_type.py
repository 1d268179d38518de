# earns: Reports takes an error type
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")],
    expect=[Question("Is it reported?", Reports("http_response_incomplet"))],
    reports=[],
)
