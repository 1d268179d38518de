"""Two requests on one connection, and one answer breaks.

The client speaks HTTP/2 and asks twice at once: two streams, one connection. The gateway asks the upstream for each on
a connection of its own. One answer ends too early. The other is in order, and comes a little later. Or does it?
"""

from lab import *


def upstream():
    request = yield ReceiveRequest()
    if request.target == b"/other":
        yield Until(ClientSees(b"hello"))      # when the first answer has begun, and soon breaks
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 11\r\n",
            b"\r\n",
            b"there it is",                    # 11 of 11
        )
        return
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE, FIELDS,
        b"Content-Length: 20\r\n",
        b"\r\n",
        b"hello",                              # 5 of 20
    )
    yield Close(wrong="15 bytes are missing", right=Send(b", how are you? "))


scenario = Scenario(
    lesson="Streams share a connection, not a fate: what breaks on one is no reason to end the others.",
    guess="What becomes of the second answer?",
    client=Together(Get("/report", version="2"), Get("/other", version="2")),
    upstream=upstream,
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=3,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9113, "8.1.1")],
                "incomplete by its framing, and so to be treated"),
        Fitting("the other request gets its answer", Either(ClientSees(b"hello"), Got("relayed", "reported")),
                [RFC(9113, "5.4.2"), RFC(9113, "5.4.1")],
                "an error on one stream does not affect the others, though the connection may be ended at any time"),
        Question("Does each of them get an answer with a status?", Not(Got("no-answer", "hung"))),
    ],
)
