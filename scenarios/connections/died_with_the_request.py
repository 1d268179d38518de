"""The upstream takes the request and dies.

It has read the request to its end and has begun to work on it. Then the program is killed: too much memory, too much
time. Its system cleans up after it, and the connection ends, by FIN or by RST. Not one byte of an answer has come. What
can be said for certain about the work?
"""

from lab import *

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE, FIELDS,
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)

scenario = Scenario(
    lesson="An end without an answer leaves open how much was done: ask again only where asking twice does no harm.",
    guess="Does the gateway ask a second time?",
    client=Get("/report"),
    vary={
        "closed": Close(wrong="killed while it worked on the answer", right=OK),
        "reset": Reset(wrong="killed while it worked on the answer", right=OK),
    },
    upstream=lambda end: [ReceiveRequest(), end],
    reports=["connection_terminated"],
    cause="A4",
    level=2,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        ShouldNot("a failed retry is retried", Not(Either(Asked(1), Asked(2))), RFC(9110, "9.2.2"),
                  "one automatic retry of a GET is allowed, another after that is advised against"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
        Question("Is it asked once only?", Asked(1)),
    ],
)
