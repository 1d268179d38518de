# earns: first_address= is one of listens, refuses, silent, not 'refused'
"""A title.

A story.
"""
from lab import *

OK = [ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 2\r\n", b"\r\n", b"ok")]

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    client=Get("/"),
    upstream=Peer(OK, first_address="refused", wrong="It is not there.", right=OK),
    needs=["ipv6"],
    reports=["connection_refused"],
    expect=[Question("Is it a 502?", Answers(502))],
)
