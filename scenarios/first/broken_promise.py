"""An answer breaks its promise.

The upstream promises 20 bytes and sends 5. Then it closes the connection, politely. The gateway has perhaps already
passed on "200 OK", and cannot take it back. What can it still do to warn the client?
"""

from lab import *

scenario = Scenario(
    lesson="A 200 is a promise, not a proof: count the bytes.",
    guess="Which status does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 20\r\n",   # the promise
            b"\r\n",
            b"hello",                    # 5 of 20
        ),
        Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "6.3(6)"), RFC(9112, "8")], "it is incomplete by its framing, and so to be treated"),
        Question("Is it a 502?", Answers(502)),
    ],
)
