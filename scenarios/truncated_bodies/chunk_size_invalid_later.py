"""The second chunk makes no sense.

The first chunk is correct, and the upstream waits until the client has got it. Then comes a chunk whose size is a
word. The connection stays open, so nothing tells the gateway that there is an end: it must find out for itself that
it cannot go on. What becomes of the client, which is waiting for more?
"""

from lab import *

scenario = Scenario(
    lesson="Damage in the middle must reach the client as a break: neither as an end, nor as a wait without one.",
    guess="What does the client see after hello?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
        ),
        Until(ClientSees(b"hello")),
        Send(
            b"six\r\n",
            b" world\r\n",
            b"0\r\n",
            b"\r\n",
            wrong="this is no chunk size",
            right=Send(b"6\r\n world\r\n0\r\n\r\n"),
        ),
    ],
    reports=["http_response_transfer_coding"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "7.1"), RFC(9112, "8")],
                "the response is incomplete when decoding its chunks fails"),
        Fitting("the damage goes no further", Not(Got("not-http")), [RFC(9112, "7.1.1"), RFC(9110, "7.6.1")],
                "chunks are for one connection, and likely to be made anew for the next"),
        Fitting("the client is not left waiting", Not(Got("hung")), RFC(9112, "8"),
                "the response is known to be incomplete, and nothing more can be read"),
        Question("Is it a 502?", Answers(502)),
    ],
)
