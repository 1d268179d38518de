"""The upstream speaks HTTP/1.0, and offers to stay.

It adds Connection: keep-alive, the old way to say that this connection may be used again. It counts what it is asked on
each connection. A recipient may take up the offer, or leave it: the mechanism was never a part of HTTP/1.0, and has
gone wrong where a program on the way did not know it. Which will it be?
"""

from lab import *

scenario = Scenario(
    lesson="keep-alive is an offer from the days of HTTP/1.0: without trust in it, one opens a new connection.",
    guess="Will the second answer be the second on its connection?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.0 200 OK\r\n",
                    NONCE,
                    b"Connection: keep-alive\r\n",
                    b"Content-Length: 14\r\n",
                    b"\r\n",
                    b"the first here",
                    watch="HTTP/1.0, with an offer to stay",
                ),
                ReceiveRequest(),
                Send(
                    b"HTTP/1.0 200 OK\r\n",
                    NONCE,
                    b"Connection: keep-alive\r\n",
                    b"Content-Length: 15\r\n",
                    b"\r\n",
                    b"the second here",
                ),
            ],
            expect=[
                Follows("the first answer is complete", Complete(), RFC(9112, "6.3(6)"),
                        "a length is a length in HTTP/1.0, too"),
            ],
        ),
        Act(
            client=Get("/report"),              # another client; the upstream goes on as before
            expect=[
                Follows("it is answered on either connection", Got("relayed"), [RFC(9112, "9.3"), RFC(9112, "C.2.2")],
                        "the offer may be taken up or not"),
                Question("Is the offer taken up?", ClientSees(b"the second here")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs=["reuse"],
)
