"""The upstream breaks off.

It promises 20 bytes, sends 5, and dies. Its machine breaks the connection with a reset, which is rude but clear: a
close may mean "that was all", a reset never does. Bytes that are still on their way may be lost with it. Does the
client get a clearer answer than after a polite close?
"""

from lab import *

scenario = Scenario(
    lesson="A reset says that something broke; only a count of the bytes says whether anything is missing.",
    guess="Does the client see the five bytes at all?",
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
        Reset(wrong="the connection is reset in the middle of the content", right=Send(b", how are you? ")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "6.3(6)"), RFC(9112, "8")], "incomplete by its framing, and so to be treated"),
        Question("Is it a 502?", Answers(502)),
    ],
)
