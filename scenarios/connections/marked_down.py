"""The upstream is back, and nobody asks it.

A request meets a closed door. This gateway learns from that: it marks the upstream as down, and leaves it alone for a
while. Why make the next client wait for the same refusal? A moment later the program is there again, and the next
request comes. It could be answered now, if only somebody asked. What is the client told?
"""

from lab import *

HELLO = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    ),
]

scenario = Scenario(
    lesson="A 503 can speak of the past: the gateway remembers a failure, and has not looked since.",
    guess="The upstream is healthy again: 200, 502 or 503?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=Refuse(wrong="nobody listens, for a moment", right=HELLO),
            expect=[
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.7"), RFC(9110, "15.6.3")]),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=HELLO,
            expect=[
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("where nobody is asked, it is a 503", Answers(200, 503),
                        [RFC(9209, "2.3.4"), RFC(9110, "15.6.4")]),
                Question("Is the upstream left alone?", Asked(0)),
            ],
        ),
    ],
    reports=["connection_refused", "destination_unavailable"],
    cause="A24",
    level=3,
    needs=["marks-down"],
)
