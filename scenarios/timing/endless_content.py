"""The content does not come to an end.

A program of the upstream's is caught in a loop and writes the same line again and again, chunk after chunk. Nothing is
wrong with any of the chunks, and the next is never far away. What is missing is the last chunk, the one of size 0. A
reader that waits for it waits as long as it is ready to. How long should that be?
"""

from lab import *


def loop():
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE, FIELDS,
        b"Transfer-Encoding: chunked\r\n",
        b"\r\n",
    )
    for _ in range(40):
        yield Send(b"6\r\n", b"again\n", b"\r\n")
        yield Pause(0.05, wrong="again and again, and no last chunk")
    yield Send(b"0\r\n", b"\r\n")


scenario = Scenario(
    lesson="Chunks let an answer go on for ever: if you cannot wait for ever, you need a limit for the whole of it.",
    guess="Will the client get all of it, a part, or an error?",
    client=Get("/report"),
    upstream=loop,
    reports=["http_response_timeout"],
    level=3,
    expect=[
        Follows("a part never looks like all of it", Not(Disguised()), [RFC(9112, "7.1"), RFC(9112, "8")],
                "without its last chunk it is incomplete, whoever lost patience"),
        Question("Does the client see what comes while it comes?", ClientSees(b"again")),
        Question("Does the gateway put an end to it?", Got("cut-short", "reported")),
    ],
)
