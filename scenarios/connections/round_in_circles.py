"""The request has been here before.

Somewhere behind the gateway somebody has made a mistake: the address that should lead to the upstream leads back to the
gateway. Every party does what it was told, and the request goes round and round, until all connections are in use. But
each gateway on the way has written its name into the field Via. Here a request arrives that bears the gateway's own
name. What does it tell?
"""

from lab import *

scenario = Scenario(
    lesson="A gateway that signs what it passes on recognises what comes back: one look at Via ends the loop.",
    guess="Is it passed on once more?",
    client=[
        Send(
            b"GET /report HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
        ),
        Send(
            b"Via: 1.1 gateway.test\r\n",   # the name of the gateway that reads this
            wrong="it has passed this gateway already",
            right=Send(b"Via: 1.1 other.test\r\n"),
        ),
        Send(b"\r\n"),
    ],
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["proxy_loop_detected"],
    level=3,
    needs=["known-name"],
    expect=[
        Follows("it is not passed on once more", Asked(0), [RFC(9110, "7.6"), RFC(9110, "7.6.3")],
                "a message is not forwarded to oneself without protection from a loop, and Via is there to show one"),
        Fitting("it is a 502", Either(MadeBy("upstream"), Answers(502)), RFC(9209, "2.3.32")),
        Question("Does the gateway say that it is a loop?", Reports("proxy_loop_detected")),
    ],
)
