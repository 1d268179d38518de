"""Nobody says yes, and nobody says no.

The gateway asks for a connection, and nothing comes back: no agreement, no refusal. It is like this when a firewall
drops the question, when a machine is switched off, or when a program is too busy to accept anybody. A refusal takes no
time. But how long should one wait for nothing?
"""

from lab import *

scenario = Scenario(
    lesson="A refusal comes at once and suits a 502. Silence suits a 504, and only somebody's time-out ends it.",
    guess="The same number as for a refusal?",
    client=Get("/report"),
    upstream=BlackHole(
        wrong="attempts to connect are never answered",
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
    reports=["connection_timeout"],
    level=2,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                [RFC(9209, "2.3.9"), RFC(9110, "15.6.5")]),
        Question("Does the gateway give up before its client does?", Not(Got("hung"))),
    ],
)
