"""A 304 to a question without a condition.

The gateway has nothing in its store. A client asks for a report, and has no copy either: nowhere in the request is a
condition. The upstream says 304 all the same: use the copy that you have. There is none. What is the gateway to make of
an answer that sends everybody to a copy that nobody has?
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
    lesson="A 304 without a condition is an answer to a question that nobody asked: there is no copy to go to.",
    guess="What does a client make of a 304 when it has no copy?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 304 Not Modified\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"\r\n",
                    wrong="a 304, and no condition was in the request",
                    right=OK,
                ),
            ],
            clock=0,
            expect=[
                Follows("no copy is made up", Not(Got("own", "disguised", "stored", "stale")), RFC(9110, "15.4.5"),
                        "a 304 has no content, and nobody has any"),
                Question("Is the 304 passed on?", Got("relayed")),
                Question("Is it a 502?", Answers(502)),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=10,
            expect=[
                Follows("the 304 is not kept as if it were the report", Either(ClientSees(b"hello"), Got("reported")),
                        [RFC(9111, "3"), RFC(9110, "15.4.5")], "without content there is nothing to keep"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    needs=["cache", "clock"],
    unseen="the 304 is well formed: that nobody asked for it can be seen only from the request",
)
