"""The connection opens, and ends at once.

Somebody listens, for the connection is accepted; but it ends before the gateway has said a word. Programs do so when
they are full, when they are shutting down, or when they do not like where the connection comes from. One closes it
politely, another breaks it. Does the difference reach the client?
"""

from lab import *

OK = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE, FIELDS,
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    ),
]

scenario = Scenario(
    lesson="An accepted connection proves only that somebody listens, not that anybody will answer.",
    guess="A connection was there: is it still a 502?",
    client=Get("/report"),
    vary={
        "closed": Close(wrong="it closes before it has been asked", right=OK),
        "reset": Reset(wrong="it breaks the connection before it has been asked", right=OK),
    },
    upstream=lambda end: [end],
    reports=["connection_terminated"],
    cause="A6",
    level=2,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
        Question("Does the gateway take it for a refusal?", Reports("connection_refused")),
    ],
)
