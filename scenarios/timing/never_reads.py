"""The upstream takes nothing in.

It accepts the connection, and then its program hangs: it neither reads nor answers. The client uploads a long text.
What the gateway sends on piles up, first on the upstream's machine, then at the gateway, then at the client, until
nobody can get rid of another byte. No answer is late yet, for the question has not been asked to its end. Which clock
strikes?
"""

from lab import *

scenario = Scenario(
    lesson="Sending can hang as well as waiting: writing needs a clock of its own.",
    guess="Is it a 504, although the request has never been sent to its end?",
    client=Request("POST", "/texts", content=b"x" * 5_500_000),   # more than fits on the way
    upstream=[
        Stall(
            reads=False,
            wrong="it reads nothing of the request",
            right=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 201 Created\r\n",
                    NONCE, FIELDS,
                    b"Location: /texts/1\r\n",
                    b"Content-Length: 0\r\n",
                    b"\r\n",
                ),
            ],
        ),
    ],
    reports=["connection_write_timeout"],
    level=3,
    needs=["streams-upload"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the client is not slow: nobody takes its bytes"),
        Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                [RFC(9209, "2.3.11"), RFC(9110, "15.6.5")]),
        Question("Does the gateway give up before its client does?", Not(Got("hung"))),
    ],
)
