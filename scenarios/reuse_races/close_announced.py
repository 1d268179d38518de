"""The upstream says that it will close, and takes its time.

In its answer stands Connection: close. This is the last answer on this connection, whatever may come after it. But the
upstream does not close at once. For a moment there is a connection that looks like any other idle one: open, quiet, and
inviting. The next request arrives in this moment. Where does it go?
"""

from lab import *

scenario = Scenario(
    lesson="Connection: close is a promise: from then on nobody reads what is sent, although the line is still open.",
    guess="Is an open connection good enough to be used?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Connection: close\r\n",   # the last answer on this connection
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
                Stall(watch="it has said that it will close, and takes its time"),
            ],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Must("the next request goes to another connection", Answers(200), RFC(9112, "9.6"),
                     "on this one nobody would have read it"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs=["reuse"],
)
