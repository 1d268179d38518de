"""Only an interim response, and then the end.

The upstream says 100 or 103, and then its program dies. The connection closes. Something was said, and even passed on.
But the answer was still to come, and will never come. Nothing final has been said to the client. What can it still be
told?
"""

from lab import *

scenario = Scenario(
    lesson="After an interim response everything is still open: a 502 can be said as if nothing had been said before.",
    guess="After a 103 has been passed on: can it still be a 502?",
    client=Get("/page"),
    vary={"100": b"100 Continue", "103": b"103 Early Hints"},
    upstream=lambda status: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 " + status + b"\r\n",
            b"\r\n",
        ),
        Until(ClientSees(b"HTTP/1.1 10")),
        Close(
            wrong="the answer that was still to come does not come",
            right=Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A4",
    level=2,
    needs=["interim"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.2"), RFC(9110, "15.3"), RFC(9110, "15.5")],
                "the request was in order, and an interim response says nothing about its end"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.18"), RFC(9110, "15.6.3")],
                "interim responses leave the final status open"),
        Question("Does Proxy-Status say that the response was incomplete?", Reports("http_response_incomplete")),
    ],
)
