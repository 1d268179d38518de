"""The upstream says that it will close, and takes its time.

In its answer stands Connection: close. This is the last answer on this connection, whatever may come after it. But the
upstream does not close at once. For a moment there is a connection that looks like any other idle one: open, quiet, and
inviting. The next request arrives in this moment. Where does it go?
"""

from lab import *

scenario = Scenario(
    lesson="Connection: close is a promise: what is sent after it is sent in vain, although the line is still open.",
    guess="Is an open connection good enough to be used?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Connection: close\r\n",     # the last answer on this connection
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
                ReceiveRequest(watch="it has said that it will close, and takes its time"),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Connection: close\r\n",
                    b"Content-Length: 13\r\n",
                    b"\r\n",
                    b"after the end",             # nobody should ever see this
                ),
                Close(),
            ],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),                # another client; the upstream goes on as before
            expect=[
                MustNot("the next request goes to this connection", ClientSees(b"after the end"), RFC(9112, "9.6"),
                        "whoever receives a close ceases to send requests there"),
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "on another connection it is there for the asking"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["reuse"],
)
