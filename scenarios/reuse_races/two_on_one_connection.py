"""Two requests travel on one connection.

To open a connection takes time, so after an answer both sides may leave it open. The upstream counts what it is asked
on each connection, and says so in its answers. The second request comes from the same gateway, a moment later. Is it
the second on this connection, or the first on another one?
"""

from lab import *

scenario = Scenario(
    lesson="An upstream connection outlives its first answer: requests of different clients follow each other on it.",
    guess="Does the second client get a connection of its own, all the way to the upstream?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",      # and no word of closing: it stays open
                    NONCE,
                    b"Content-Length: 14\r\n",
                    b"\r\n",
                    b"the first here",
                ),
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 15\r\n",
                    b"\r\n",
                    b"the second here",
                ),
            ],
            expect=[
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "a gateway gets its answers from the servers behind it"),
            ],
        ),
        Act(
            client=Get("/report"),               # another client; the upstream goes on as before
            expect=[
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "a gateway gets its answers from the servers behind it"),
                Should("the connection is used again", ClientSees(b"the second here"), RFC(9112, "9.3"),
                       "persistent connections should be supported"),
            ],
        ),
    ],
    reports=[],
    level=2,
)
