"""The upstream says nothing.

It accepts the connection, reads the request, and then nothing comes. Perhaps it is still thinking, perhaps it waits for
a database, perhaps it will never answer. From outside all of these look the same. The client waits for the gateway, and
the gateway for the upstream. Who gives up first?
"""

from lab import *

scenario = Scenario(
    lesson="Silence is no answer and no refusal: only a clock can end the wait, and then it is a 504.",
    guess="Which status does the client see, and after how long?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Stall(
            wrong="no answer comes",
            right=Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    cause="A4",
    level=1,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                [RFC(9110, "15.6.5"), RFC(9209, "2.3.10")]),
        Question("Does the gateway give up before its client does?", Not(Got("hung"))),
    ],
)
