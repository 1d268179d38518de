"""The gateway has no port left to call from.

A connection takes a port at both of its ends. It gives the port back only when both sides have ended it, and often a
minute later, lest late bytes meet the wrong connection. This upstream lets every connection be closed after one answer,
and is slow to end its own side. Thousands of requests use up thousands of ports; here the lab leaves the gateway one
port only, so that two requests do. The upstream is well, and could answer: what does the second request get?
"""

from lab import *

scenario = Scenario(
    lesson="Keep connections open: one that is closed still holds its port for a while, and ports are few.",
    guess="Whose fault is the second answer, and which number says so?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=Peer(
                [
                    ReceiveRequest(),
                    Send(
                        b"HTTP/1.1 200 OK\r\n",
                        NONCE,
                        b"Content-Length: 5\r\n",
                        b"Connection: close\r\n",        # the gateway closes its side
                        b"\r\n",
                        b"hello",
                    ),
                    Stall(),                             # and waits for this one
                ],
                wrong="each connection is used once, and given back late",
                right=[
                    ReceiveRequest(),
                    Send(
                        b"HTTP/1.1 200 OK\r\n",
                        NONCE,
                        b"Content-Length: 5\r\n",
                        b"\r\n",
                        b"hello",
                    ),
                ],
            ),
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),
            expect=[
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("it is a 500: no upstream has failed", Answers(500),
                        [RFC(9209, "2.3.30"), RFC(9110, "15.6.1")]),
                Question("Does the gateway say that the fault is its own?", Reports("proxy_internal_error")),
            ],
        ),
    ],
    reports=["proxy_internal_error"],
    cause="A20",
    level=3,
    needs=["one-local-port", "reuse"],
)
