"""The upstream is a file, and behind the file is nobody.

Two programs on one machine need no port to talk: the upstream can listen at a Unix socket, which is found by the path
of a file. When the upstream is not running there is no file. When it crashed, the file may still lie there, and nobody
listens behind it. No machine can be away here, and no network lies between. What does the client get to hear?
"""

from lab import *

scenario = Scenario(
    lesson="A Unix socket is a file and somebody who listens: look for both.",
    guess="There is no port here that could refuse: is it still the same number?",
    client=Get("/report"),
    vary={"no file": "absent", "left behind": "stale"},
    upstream=lambda found: UnixSocket(
        found=found,
        wrong="nobody listens at this path",
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
    level=2,
    needs=["unix"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.7"), RFC(9110, "15.6.3")]),
        Question("Is it called a refusal?", Reports("connection_refused")),
    ],
)
