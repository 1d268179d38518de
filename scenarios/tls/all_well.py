"""All is well, and nobody can listen.

The gateway opens a connection and does not begin with its request. First both sides shake hands: they agree on keys,
and the upstream proves its name with a certificate. Then the same bytes go over the wire as ever, only that nobody else
can read them. The client, on its own connection, sees nothing of this. Does its answer look any different?
"""

from lab import *

scenario = Scenario(
    lesson="TLS protects one connection, not the whole way: each of the two connections has its own, or has none.",
    guess="Can the client tell that the upstream connection is encrypted?",
    client=Get("/report"),
    upstream=[
        StartTLS(),                     # a valid certificate, for the name that is asked for
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    level=2,
    needs=["tls"],
    expect=[
        Follows("the client gets the upstream's answer", Got("relayed"), [RFC(9110, "3.7"), RFC(9112, "9.7")],
                "TLS changes how the bytes travel, not what they say"),
    ],
)
