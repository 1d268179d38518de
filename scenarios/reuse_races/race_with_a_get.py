"""The upstream closes just when a request comes.

The connection has been idle for a while. The upstream decides to close it, and in the same moment the gateway sends the
next request on it. They cross on the wire. The upstream closed an idle connection; the gateway lost one with a request
on it. Nobody has done anything wrong, and the request is a GET. What now?
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
    lesson="A connection that is kept may end at any moment. A GET that is lost with it may be sent again, once.",
    guess="Does the client notice anything?",
    vary={
        "closed": Close(wrong="it closes while the next request is on the wire", right=OK),
        "reset": Reset(wrong="it breaks the connection while the next request is on the wire", right=OK),
    },
    acts=lambda end: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),
            upstream=Connections(
                [ReceiveRequest(), end],            # on the connection that was kept
                otherwise=[ReceiveRequest(), OK],   # on any new one
            ),
            expect=[
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and reached nobody who answered it"),
                ShouldNot("it is sent again more than once", Not(Either(Asked(1), Asked(2))), RFC(9110, "9.2.2")),
                Fitting("sent again or not, it is a 200 or a 502", Answers(200, 502), RFC(9209, "2.3.8")),
                Question("Is it sent again, so that the client notices nothing?", Answers(200)),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A1",
    level=2,
    needs=["reuse"],
)
