"""The upstream speaks of its connection, and the client has another kind.

The client speaks HTTP/2, the upstream HTTP/1.1. Its answer has field lines about its own connection: to keep it open,
and how long. HTTP/2 knows no such lines, and an answer that has one is malformed there, all of it. What is left of
these lines when the answer comes out at the other side?
"""

from lab import *

scenario = Scenario(
    lesson="What was said about one connection stays there: passed on into HTTP/2, it makes a good answer malformed.",
    guess="How many of the three lines reach the client?",
    client=Get("/report", version="2"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Connection: keep-alive, Room\r\n",   # Room, too, is for my neighbour alone
            b"Keep-Alive: timeout=5\r\n",
            b"Room: 7\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="HTTP/1.1 allows these field lines, HTTP/2 forbids them",
        ),
    ],
    reports=[],
    level=2,
    expect=[
        Follows("the answer arrives", Got("relayed"), RFC(9110, "7.6"), "it is valid and complete"),
        MustNot("the client is told of the connection", Either(HasField(b"Connection"), HasField(b"Keep-Alive")),
                RFC(9113, "8.2.2"), "an intermediary MUST remove connection-specific fields"),
        MustNot("it is sent what was for the neighbour", HasField(b"Room"), RFC(9110, "7.6.1"),
                "an intermediary MUST remove the fields that Connection names"),
    ],
)
