"""A warning is printed before the answer.

The upstream's program prints a warning, and only then its answer. On the wire the warning comes first, where the
status line should be. A person would skip it and read on. But a recipient that searches for the answer in the bytes
can be shown any answer. Should it search?
"""

from lab import *

scenario = Scenario(
    lesson="What comes first is the status line, or this is no answer: a recipient does not go looking for one.",
    guess="Does the 200 behind the warning count?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(b"warning: the disk is nearly full\r\n", wrong="words where the status line should be"),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("the warning is not given out as an answer",
                Either(Got("reported"), Not(Either(Got("not-http", "own"), ClientSees(b"nearly full")))),
                [RFC(9112, "2.1"), RFC(9112, "4")], "a message begins with its start line"),
        Fitting("nobody searches for an answer", Not(Disguised()), [RFC(9112, "2.1"), RFC(9112, "11.1")],
                "whoever can put words in front can also put an answer there"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
