# earns: not every gateway can reach this peer: write needs=['unix']
"""A title.

A story.
"""
from lab import *

OK = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")]

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=UnixSocket(found="absent", wrong="It is not there.", right=OK),
    reports=["connection_refused"],
    expect=[Question("Is it a 502?", Answers(502))],
)
