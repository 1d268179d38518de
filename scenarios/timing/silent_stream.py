"""One answer falls silent, and its neighbour has not begun.

The client speaks HTTP/2 and asks twice at once, on two streams of one connection. The upstream begins the first answer
and says nothing more. Then the second answer comes, whole. On a connection of HTTP/1.1 it would have to wait its turn
behind the first. And here?
"""

from lab import *


def upstream():
    request = yield ReceiveRequest()
    if request.target == b"/quick":
        yield Until(ClientSees(b"hello"))    # when the first answer has begun
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 11\r\n",
            b"\r\n",
            b"there it is",
        )
        return
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE, FIELDS,
        b"Content-Length: 20\r\n",           # the promise
        b"\r\n",
        b"hello",                            # 5 of 20
    )
    yield Stall(wrong="15 bytes are missing, and no end", right=Send(b", how are you? "))


scenario = Scenario(
    lesson="A stream that waits need not keep its neighbours waiting: that is what streams are for.",
    guess="Does the second answer come, and when?",
    client=Together(Get("/report", version="2"), Get("/quick", version="2")),
    upstream=upstream,
    reports=["connection_read_timeout", "http_response_timeout"],
    level=3,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9113, "8.1.1")],
                "a recipient that times out before the last byte has to consider the message incomplete"),
        Fitting("the second answer comes nevertheless", Either(ClientSees(b"hello"), Got("relayed", "reported")),
                RFC(9113, "2"), "a response that is stalled does not prevent progress on other streams"),
        Question("Does the gateway give the first one up before its client does?", Not(Got("hung"))),
    ],
)
