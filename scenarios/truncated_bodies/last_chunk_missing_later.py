"""The client has the chunk, the end never comes.

The upstream sends a chunk and waits until the client has it. Then it closes without the chunk of size zero. A gateway
that ends its own answer in the usual way would now write that zero, and turn a fragment into a complete answer. Does
it?
"""

from lab import *

scenario = Scenario(
    lesson="Whoever writes chunks of its own signs with the last one that all of it came: sign only what is true.",
    guess="Does the client get a last chunk?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
        ),
        Until(ClientSees(b"hello")),
        Close(wrong="the last chunk is missing", right=Send(b"0\r\n", b"\r\n")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the gateway adds no end of its own", Not(Disguised()),
                RFC(9112, "8"), "incomplete, because the chunk of size zero has not been received"),
        Should("the client is not left waiting", Not(Got("hung")), RFC(9112, "9.5"),
               "an end of the upstream connection is to be noticed, and answered as appropriate"),
        Question("Is it a 502?", Answers(502)),
    ],
)
