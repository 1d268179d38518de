"""The upstream is there, and the gateway may not talk to it.

A Unix socket is found by the path of a file, and like any file it has permissions. The upstream runs and waits. But it
made its file for itself alone, and the gateway runs as another user: its system does not let it through. Everybody is
at home, and nobody can meet. Does it look any different from an upstream that is gone?
"""

from lab import *

scenario = Scenario(
    lesson="A socket that may not be opened is closed to you alone: ask which user your gateway is.",
    guess="What would the owner of the file see at the same moment?",
    client=Get("/report"),
    upstream=UnixSocket(
        found="denied",
        wrong="the permissions of its file keep the gateway out",
        right=[
            ReceiveRequest(),
            Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ],
    ),
    reports=["connection_refused"],
    cause="A18",
    level=2,
    needs=["unix", "permissions"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "it is not the client who may not open the file"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.7"), RFC(9110, "15.6.3")]),
        Question("Is the client told that something is forbidden?", Answers(403)),
    ],
)
