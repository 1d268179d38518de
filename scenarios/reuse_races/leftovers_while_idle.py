"""Something is left over on the connection.

The upstream promises 5 bytes and sends more. The first 5 are the answer, by its own word, and the rest is no part of
it. It comes late, when the client has its answer and no other request is under way. The next request will want an
answer, and there is something lying on the connection already. It might even look like one.
"""

from lab import *

scenario = Scenario(
    lesson="Bytes that nobody has asked for poison a connection: close it, and the next request is safe.",
    guess="Who gets the bytes that are too many: the first client, the second, or nobody?",
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
                    b"hello",
                ),
                Until(ClientSees(b"hello")),
                Send(rest, wrong="more than Content-Length said"),
            ],
            expect=[
                MustNot("what is too much is passed on", ClientSees(b"how are you"), RFC(9112, "6.3"),
                        "it must not be forwarded as another response, and by its length the first one is over"),
            ],
        ),
        Act(
            client=Get("/second"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Content-Length: 10\r\n",
                    b"\r\n",
                    b"the second",
                ),
            ],
            expect=[
                MustNot("the leftovers are taken for the answer", ClientSees(b"how are you"), RFC(9112, "9.2"),
                        "they came when no request was under way"),
                Should("the connection is closed, so that this request gets its own answer", ClientSees(b"the second"),
                       RFC(9112, "9.2"), "nobody can say any more where on it an answer begins"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A22",
    level=3,
    needs=["reuse"],
)
