"""The upstream falls silent in the middle of its field lines.

The status line has come: 200. One field line has come. Then nothing more, and the connection stays open. The gateway
knows the status already, but not whether the content is long or short, plain or packed, or whether the next line would
have changed everything. It has not told its client anything yet. What will it tell?
"""

from lab import *

scenario = Scenario(
    lesson="Before the empty line nothing is settled: a status that has been read is not yet an answer.",
    guess="The upstream said 200. What does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Stall(
            wrong="silence before the header section is complete",
            right=Send(
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    level=2,
    expect=[
        Follows("half a header section is not passed on as an answer", Not(Disguised()),
                [RFC(9112, "8"), RFC(9112, "2.1")], "without the empty line nobody knows what the status line means"),
        Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                [RFC(9110, "15.6.5"), RFC(9209, "2.3.10")]),
    ],
)
