"""The upstream restarts.

One request is answered. Then the upstream is replaced by a new version, and for a moment nobody listens: the second
request meets a closed door. When the third comes, the new version is there. It is at the same address, and works. How
long does the gateway remember the closed door?
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
    lesson="A 502 tells of one moment: what stopped one request may be gone when the next one comes.",
    guess="Three requests: which statuses does the client see?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=HELLO,
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),
            upstream=Refuse(wrong="the old version is gone, the new one not there", right=HELLO),
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
            expect=[Question("Is the third request answered, at once?", Answers(200))],
        ),
    ],
    reports=["connection_refused"],
    cause="A6",
    level=2,
)
