"""A field is meant for one connection only.

The upstream adds a note for its neighbour: the field Room, and in Connection it says that Room concerns this connection
alone. The client is not on this connection, it has one of its own. A gateway stands between the two and copies fields
from one to the other. Which fields does it leave behind?
"""

from lab import *

scenario = Scenario(
    lesson="There are two connections, and what concerns one of them stays there: Connection lists it.",
    guess="Which of these fields reaches the client: Room, Connection, both, neither?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Room: 7\r\n",
            b"Connection: Room\r\n",         # Room is for you, not for those behind you
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="a field that the gateway has to take out",
        ),
    ],
    reports=[],
    level=2,
    expect=[
        MustNot("Room is passed on", HasField(b"Room"), RFC(9110, "7.6.1")),
        MustNot("the upstream's Connection is passed on", HasField(b"Connection: Room"), RFC(9110, "7.6.1"),
                "it goes, or the gateway puts its own in its place"),
        Follows("all the rest is passed on", Got("relayed"), RFC(9110, "7.6"), "it is meant for the client"),
    ],
)
