"""The upstream waits for an introduction that nobody makes.

An upstream sees only who connects to it, and that is the gateway. So this one has been told to expect the PROXY
protocol: before anything else, each connection has to say for which client it is made. The gateway has not been told,
and begins with its request. The upstream hangs up on whoever is not introduced. Can the client find out why?
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
    lesson="Turn the PROXY protocol on at both ends: with one end alone there is a connection, and no answer.",
    guess="Does anything that the client sees speak of an introduction?",
    client=Get("/report"),
    vary={
        "closed": Close(wrong="it hangs up on whoever is not introduced", right=OK),
        "reset": Reset(wrong="it hangs up on whoever is not introduced", right=OK),
    },
    upstream=lambda end: [
        ReceiveRequest(),           # where "PROXY TCP4 ..." should have come first
        end,
    ],
    reports=["connection_terminated"],
    cause="A21",
    level=2,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
        Question("Does the gateway try once more?", Not(Asked(1))),
    ],
)
