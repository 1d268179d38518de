"""The upstream speaks HTTP/1.0, and does not mention closing.

In HTTP/1.0 a connection ends with its answer, and nobody has to say so. This upstream gives its answer a length, so the
end of it is plain without the connection's end. It says nothing about staying. And before it closes, it takes its time.
Was the length an invitation to stay?
"""

from lab import *

scenario = Scenario(
    lesson="In HTTP/1.1 a connection stays unless somebody says close; in HTTP/1.0 it is the other way round.",
    guess="May the next request use this connection?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.0 200 OK\r\n",       # 1.0: the connection ends with this answer
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
                ReceiveRequest(watch="the connection is as good as closed"),
                Send(
                    b"HTTP/1.0 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 13\r\n",
                    b"\r\n",
                    b"after the end",             # nobody should ever see this
                ),
                Close(),
            ],
            expect=[
                Follows("the first answer is complete", Complete(), RFC(9112, "6.3(6)"),
                        "a length is a length in HTTP/1.0, too"),
            ],
        ),
        Act(
            client=Get("/report"),                # another client; the upstream goes on as before
            expect=[
                Follows("the next request does not go to this connection", Not(ClientSees(b"after the end")),
                        RFC(9112, "9.3"), "without keep-alive it does not persist after an answer of HTTP/1.0"),
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "on another connection it is there for the asking"),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs=["reuse"],
)
