"""The connection is reset before the header section ends.

Status line and one field line have come, then the upstream dies and its machine resets the connection. On some
systems a reset throws away bytes that came before it but were not read yet. So one gateway has seen half a header
section, and another has seen nothing. Do their clients see the same?
"""

from lab import *

scenario = Scenario(
    lesson="A reset can erase what came before it: the same fault may look like half an answer, or like none.",
    guess="A 502, a 200, or nothing?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Len",
        ),
        Reset(
            wrong="the connection is reset in the middle of the header section",
            right=Send(b"gth: 0\r\n", b"\r\n"),
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Got("disguised", "not-http", "own")), RFC(9112, "8"),
                "a client cannot assume that the meaning has been conveyed, and the gateway is one here"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3"), "nothing has been passed on yet"),
    ],
)
