"""The client is too old for chunks.

The client speaks HTTP/1.0, where the content may last until the connection is closed. So a gateway must take off the
upstream's chunks and pass on what is in them. Then the upstream closes without the chunk of size zero. If the gateway
now closes politely as well, the client takes the fragment for all of it. What else could the gateway do?
"""

from lab import *

scenario = Scenario(
    lesson="Where a close means the end, a break has to look different: how you hang up is part of the answer.",
    guess="How does the gateway end the client's connection?",
    client=Get("/report", version="1.0"),
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
    level=3,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "8"), RFC(9110, "6.1")],
                "incomplete, and for this client only a failing connection can say so"),
        MustNot("the old client is sent chunks", HasField(b"Transfer-Encoding"), RFC(9112, "6.1"),
                "not unless the request indicates HTTP/1.1"),
        Question("Is it a 502?", Answers(502)),
    ],
)
