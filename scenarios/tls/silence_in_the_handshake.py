"""The handshake is never answered.

The upstream accepts the connection. The gateway sends the first message of the handshake, and waits for the second. It
does not come: perhaps nobody there speaks TLS, perhaps the program hangs. There is a connection, and there is not.
Which clock is running now: the one for connecting, or the one for answers?
"""

from lab import *

scenario = Scenario(
    lesson="A connection is ready when its handshake is: until then the clock for connecting has to run.",
    guess="502 or 504?",
    client=Get("/report"),
    upstream=Peer(
        [
            Stall(
                wrong="the handshake is never answered",
                right=[
                    StartTLS(),
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
        ],
        secure=True,
    ),
    reports=["connection_timeout", "connection_read_timeout"],
    cause="A10",
    level=2,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
                [RFC(9110, "15.6.5"), RFC(9209, "2.3.9")]),
        Question("Does the gateway give up before its client does?", Not(Got("hung"))),
    ],
)
