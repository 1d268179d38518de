"""Three ask at once, and the answer breaks in the middle.

Three clients want the same report at the same moment, and the gateway may ask once for all of them. The answer begins
well, and goes to all three as it comes. Then the upstream closes, 16 bytes short. Nobody can be given the rest. What
can each of the three still be told?
"""

from lab import *

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)

scenario = Scenario(
    lesson="What is shared breaks for all who share it: each of them has to be able to tell.",
    guess="How many of the three can tell that something is missing?",
    acts=[
        Act(
            client=Together(Get("/report"), Get("/report"), Get("/report")),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 20\r\n",
                    b"\r\n",
                    b"good",
                ),
                Close(wrong="16 bytes are missing", right=Send(b"bye, until later")),
            ],
            clock=0,
            expect=[
                Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9112, "8")],
                        "16 bytes are missing, whoever gets the rest"),
                Question("Is the upstream asked once for all?", Asked(1)),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=1,
            expect=[
                Must("the fragment is not used", Not(Either(Got("disguised"), ClientSees(b"good"))),
                     [RFC(9111, "3.3"), RFC(9112, "8")], "it was incomplete, and never made complete"),
                Follows("the next client gets the report, or hears of an error",
                        Either(ClientSees(b"hello"), Got("reported")), RFC(9110, "3.7"), "the upstream is well again"),
            ],
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    needs=["cache", "clock"],
)
