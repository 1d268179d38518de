"""The gateway has no port left to call from.

A connection takes a port at both of its ends, and a machine has only so many. A port is given back when both sides have
ended the connection, and often not before another minute has passed. Whoever opens a connection for each of thousands
of requests runs out of them. Here the lab leaves the gateway one port only, so that two requests do: while the first
waits for its answer, there is no port for the second. The upstream is well. What does the second request get?
"""

from lab import *

scenario = Scenario(
    lesson="Keep connections open and use them again: each one that is opened takes a port, and ports are few.",
    guess="Whose fault is the second answer, and which number says so?",
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
            ClientSees(b"HTTP/1.1 500"),
            else_after=0.2,
            wrong="the connection that has the only port is not given back",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 11\r\n",
            b"\r\n",
            b"there it is",
        ),
    ],
    reports=["proxy_internal_error"],
    cause="A20",
    level=3,
    needs=["one-local-port", "reuse"],
    unseen="every answer is in order; one of them only comes late",
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "both requests were in order"),
        Fitting("without a port it is a 500: no upstream has failed", Either(MadeBy("upstream"), Answers(500)),
                [RFC(9209, "2.3.30"), RFC(9110, "15.6.1")]),
        Question("Do both get their answer?", Got("relayed")),
    ],
)
