"""The connection ends inside a chunk.

A chunk says its size and then keeps its word. This one is cut: after half of its bytes, or before the end of line
that must follow them, or within the next size, where "1" might be all or the beginning of "1f". The upstream closes
politely each time. Is there any place where a cut does not show?
"""

from lab import *

scenario = Scenario(
    lesson="Chunks show every cut in the content: wherever the bytes end, something that has to follow is missing.",
    guess="In which of these places would you not notice the cut?",
    client=Get("/report"),
    vary={
        "in its bytes": Send(b" wor", wrong="cut in the middle of the chunk", right=Send(b" world\r\n0\r\n\r\n")),
        "after its bytes": Send(b" world", wrong="cut after the chunk's bytes", right=Send(b" world\r\n0\r\n\r\n")),
        "in the next size": Send(b" world\r\n1", wrong="cut in a size", right=Send(b" world\r\n0\r\n\r\n")),
    },
    upstream=lambda rest: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"b\r\n",   # eleven bytes follow
            b"hello",   # the first five of them
        ),
        rest,
        Close(),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                [RFC(9112, "7.1"), RFC(9112, "8")], "what the sizes announce has not been received"),
        Question("Is it a 502?", Answers(502)),
    ],
)
