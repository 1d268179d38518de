"""The second try fails, too.

A GET is lost with the connection that it was sent on. The gateway may send it again, on a new connection, and perhaps
that was all. But this upstream is about to shut down: the new connection ends as well, and so would every other. When
is it time to give up?
"""

from lab import *

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)

scenario = Scenario(
    lesson="One automatic retry hides a race. More of them hide a fault, and burden an upstream that is in trouble.",
    guess="How often is the upstream asked for the second report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Close(wrong="it takes the request and closes, every time", right=OK),
            ],
            expect=[
                ShouldNot("a failed retry is retried", Not(Either(Asked(1), Asked(2))), RFC(9110, "9.2.2")),
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A1",
    level=2,
    needs=["reuse"],
)
