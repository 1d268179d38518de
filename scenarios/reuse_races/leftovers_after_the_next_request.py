"""The leftovers come after the next request.

Again the upstream sends more than it has promised. But this time the rest of its first answer is late: it arrives when
the next request has been sent already, on the same connection. There is a request, and then there are bytes. How is
anybody to know that these bytes are not its answer?
"""

from lab import *

scenario = Scenario(
    lesson="A length that is too small hurts the wrong one: the next request on this connection, which is innocent.",
    guess="What does the second client get?",
    vary={
        "the rest of a page": b" how are you?",
        "like an answer": b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhow are you?",
    },
    acts=lambda rest: [
        Act(
            client=Get("/first"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",                  # and more would follow
                ),
            ],
            expect=[Question("Is the first request answered?", Answers(200))],
        ),
        Act(
            client=Get("/second"),
            upstream=[
                ReceiveRequest(),
                Send(rest, wrong="the rest of the first answer"),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 10\r\n",
                    b"\r\n",
                    b"the second",
                ),
            ],
            expect=[
                Follows("what has no status line does not look like an answer", Not(Disguised()),
                        [RFC(9112, "2.1"), RFC(9112, "4")], "a response begins with its status line"),
                Follows("the client gets one answer and nothing after it", Not(Got("not-http")),
                        [RFC(9112, "6.3"), RFC(9112, "9.2")], "it asked once, and what follows is no second response"),
                Question("Does the request get its own answer?", ClientSees(b"the second")),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A22",
    level=3,
    needs=["reuse"],
)
