"""The upstream breaks off when the client has begun to read.

Five of twenty bytes have reached the client when the upstream dies and its connection is reset. The gateway has
nothing more to pass on, and a client that has counted to five of twenty. What does the break look like on the
client's side: a close, a reset, or silence?
"""

from lab import *

scenario = Scenario(
    lesson="How an upstream dies need not show on the client's side; that it died before the end has to.",
    guess="How does the client's connection end?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 20\r\n",
            b"\r\n",
            b"hello",                   # 5 of 20
        ),
        Until(ClientSees(b"hello")),
        Reset(wrong="the connection is reset in the middle of the content", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=3,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "6.3(6)"), RFC(9112, "8")], "incomplete by its framing, and so to be treated"),
        Should("the client is not left waiting", Not(Got("hung")), RFC(9112, "9.5"),
               "an end of the upstream connection is to be noticed, and answered as appropriate"),
        Question("Is it a 502?", Answers(502)),
    ],
)
