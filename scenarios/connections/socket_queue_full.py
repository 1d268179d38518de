"""There is a queue at the door, and no place left in it.

Connections that the upstream has not yet accepted wait in a queue, its backlog. This upstream is so busy that the queue
is full. Over a network the next attempt would meet silence, and be repeated. At a Unix socket, whoever does not want to
stand and wait is told by the system, and at once: not now, try again later. How much later, and who will try?
"""

from lab import *

scenario = Scenario(
    lesson="A full queue is silent over TCP and says no at a Unix socket: one and the same overload, a 504 or a 502.",
    guess="Does the client have to wait for its answer?",
    client=Get("/report"),
    upstream=UnixSocket(
        found="full",
        wrong="as many connections wait as may, and nobody takes any",
        right=[
            ReceiveRequest(),
            Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ],
    ),
    reports=["connection_refused"],
    cause="A18",
    level=3,
    needs=["unix"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502, or a 504 after trying for a while", Answers(502, 504),
                [RFC(9209, "2.3.7"), RFC(9209, "2.3.9"), RFC(9110, "15.6.3"), RFC(9110, "15.6.5")]),
        Question("Is it called a refusal, and not a time-out?", Reports("connection_refused")),
    ],
)
