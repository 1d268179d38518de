# earns: vary= changes one step, but two variants differ in 2
"""A title.

A story.
"""
from lab import *

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=lambda word: [
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n", b"Content-Length: 20\r\n", b"\r\n", word),
        Send(word),
        Close(wrong="Bytes are missing.", right=Send(b"123456789012345678")),
    ],
    reports=["http_response_incomplete"],
    expect=[Question("Is it a 502?", Answers(502))],
    vary={"a": b"a", "b": b"b"},
)
