# what varies is the request, and no step
"""A title.

A story.
"""

from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=lambda method: Request(method, "/"),
    upstream=[ReceiveRequest(), Send(b"HTTP/1.1 204 No Content\r\n", NONCE, b"\r\n")],
    expect=[Question("Is it a 502?", Answers(502))],
    reports=[],
    vary={"GET": "GET", "HEAD": "HEAD"},
)
