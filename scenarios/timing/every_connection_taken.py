"""One slow answer, and no connection for anybody else.

So as not to flood its upstream, this gateway has been told to have one connection to it and no more. The first request
takes this connection, and its answer takes its time. Meanwhile a second request comes, from another client. The
upstream would have time for it, and the gateway has nothing to send it on. Is that a fault of the upstream's, of the
gateway's, or of nobody?
"""

from lab import *

scenario = Scenario(
    lesson="A limit protects the upstream, not the client: what slows one request down may turn the next one away.",
    guess="Does the second client wait, or is it turned away?",
    client=Together(
        Get("/slow"),
        [
            Until(ClientSees(b"there it is"), else_after=0.1),   # when the first has its answer, or has not
            Send(
                b"GET /quick HTTP/1.1\r\n",
                b"Host: lab.test\r\n",
                b"\r\n",
            ),
        ],
    ),
    upstream=[
        ReceiveRequest(),
        Until(
            ClientSees(b"HTTP/1.1 503"),
            else_after=0.2,
            wrong="it keeps the only connection busy",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 11\r\n",
            b"\r\n",
            b"there it is",
        ),
    ],
    reports=["connection_limit_reached"],
    level=3,
    needs=["one-connection"],
    unseen="every answer is in order; one of them only comes late",
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "both requests were in order"),
        Fitting("whoever is turned away hears a 503", Either(MadeBy("upstream"), Answers(503)),
                [RFC(9209, "2.3.12"), RFC(9110, "15.6.4")]),
        Question("Do both get their answer?", Got("relayed")),
    ],
)
