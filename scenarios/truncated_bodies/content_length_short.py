"""The upstream stops talking too early.

It promises 20 bytes and sends 5. Then it closes the connection, politely. The gateway may already have passed on "200
OK" and cannot take it back. What can it still do to warn the client?
"""

from lab import *

scenario = Scenario(
    lesson="A length makes the loss visible: count, and you find out; do not count, and you are fooled.",
    guess="Which status code does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 20\r\n",  # the promise
            b"\r\n",
            b"hello",                   # 5 of 20
        ),
        Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "6.3(6)"), RFC(9112, "8")], "incomplete by its framing, and so to be treated"),
        Question("Is it a 502?", Answers(502)),
        Question("Does Proxy-Status name it?", Reports("http_response_incomplete")),
    ],
)
