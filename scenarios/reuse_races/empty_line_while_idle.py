"""An empty line is left over.

The upstream has sent all that it promised, and behind it an end of line: CR LF, out of habit, like somebody who presses
the key once more. It is no part of the answer, and it is no answer of its own. The connection is idle. Other leftovers
would make it useless, for nobody knows where the next answer begins. Is an empty line as bad?
"""

from lab import *

scenario = Scenario(
    lesson="An empty line between two answers is the one leftover that can do no harm: nothing can be hidden in it.",
    guess="Is the connection used again, or closed?",
    acts=[
        Act(
            client=Get("/first"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
                Until(ClientSees(b"hello")),
                Send(b"\r\n", wrong="two bytes more than Content-Length said"),
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 15\r\n",
                    b"\r\n",
                    b"the second here",
                ),
            ],
            expect=[
                MustNot("the line reaches the client", Got("not-http"), RFC(9112, "6.3"),
                        "what is too much is not to be forwarded as something of its own"),
            ],
        ),
        Act(
            client=Get("/second"),               # another client; the upstream goes on as before
            expect=[
                Follows("the second request gets an answer of its own", Got("relayed"), RFC(9112, "9.2"),
                        "on this connection, where the line is discarded, or on another one"),
                Question("Is the connection used again?", ClientSees(b"the second here")),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A22",
    level=3,
    needs=["reuse"],
)
