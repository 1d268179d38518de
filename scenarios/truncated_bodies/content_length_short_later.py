"""The upstream stops when the client has begun to read.

It promises 20 bytes and sends 5, then waits until the client has got these five. Only then it closes. Now a 200 has
been passed on for certain, unless the gateway keeps answers back until they are whole. Can it still become a 502?
"""

from lab import *

scenario = Scenario(
    lesson="Once the status line is out it cannot be taken back: what is left is to break off, so that it shows.",
    guess="What does the client see after its five bytes?",
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
        Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "6.3(6)"), RFC(9112, "8")], "incomplete by its framing, and so to be treated"),
        Should("the client is not left waiting", Not(Got("hung")), RFC(9112, "9.5"),
               "an end of the upstream connection is to be noticed, and answered as appropriate"),
        Question("Is it a 502?", Answers(502)),
    ],
)
