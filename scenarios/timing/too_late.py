"""The answer comes when nobody waits for it any more.

The first request meets a silence, longer than a gateway may care to wait. Then the upstream does answer, on the same
connection. After that comes the next request, for something else. The late answer is whole and correct. But whose
answer is it?
"""

from lab import *

scenario = Scenario(
    lesson="Answers carry no number: they belong to requests by their order alone. Whoever gives up must close.",
    guess="What does the second client get: its own answer, or the first one's?",
    acts=[
        Act(
            client=Get("/first"),
            upstream=[
                ReceiveRequest(),
                Pause(0.5, wrong="it answers when the gateway has given up"),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 9\r\n",
                    b"\r\n",
                    b"the first",
                ),
            ],
            expect=[
                Fitting("whoever gives up says 504", Either(MadeBy("upstream"), Answers(504)), RFC(9110, "15.6.5")),
            ],
        ),
        Act(
            client=Get("/second"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 10\r\n",
                    b"\r\n",
                    b"the second",
                ),
            ],
            expect=[
                MustNot("it gets the answer to the first request", ClientSees(b"the first"), RFC(9112, "9.2"),
                        "answers belong to requests in the order in which those were sent"),
                Question("Does it get its own?", ClientSees(b"the second")),
            ],
        ),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    level=3,
)
