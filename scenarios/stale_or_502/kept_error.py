"""The 502 is kept.

Nothing is in the store, and the upstream answers with a 502. One of them says of itself that it is good for a minute,
another says nothing of the kind. Ten seconds later the upstream is well again, and has the report. The next client asks
for it. Does it get the report, or the 502 of before?
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
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")
KEPT = [Question("Is the error given once more, though all is well?", Got("stored"))]
UNKEPT = [
    MustNot("the error is given once more out of the store", MadeBy("store"), [RFC(9111, "3"), RFC(9110, "15.1")],
            "nothing says that it may be kept, and 502 is none of the numbers that may be kept unasked"),
]


def story(error):
    lines, expected = error
    return [
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 502 Bad Gateway\r\n",
                    NONCE,
                    *lines,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"sorry",
                    watch="an error, in a proper answer",
                ),
            ],
            clock=0,
            expect=[HONEST],
        ),
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=10,
            expect=[*expected, HONEST],
        ),
        Act(
            client=Get("/report"),
            clock=100,
            expect=[
                MustNot("the old error is still used", ClientSees(b"sorry"), [RFC(9111, "4"), RFC(9111, "4.2.4")],
                        "it is stale, and the upstream can be asked"),
                Follows("the client gets the report, or hears of another error",
                        Either(ClientSees(b"hello"), Got("reported")), RFC(9110, "3.7"), "the upstream has it"),
            ],
        ),
    ]


scenario = Scenario(
    lesson="An error that may be kept outlives its cause: waiting helps, and so does asking past the store.",
    guess="What does the client get at 10 seconds, and what at 100?",
    vary={
        "good for a minute": ((b"Cache-Control: max-age=60\r\n",), KEPT),
        "nothing said": ((), UNKEPT),
    },
    acts=story,
    reports=[],
    cause="B13",
    level=2,
    needs=["cache", "clock"],
)
