"""A chunk is longer than it says.

The chunk announces five bytes and brings eleven. After the fifth byte an end of line must follow, and what follows is
a space. A recipient that does not look there takes some of "world" for the next size, or skips on to the next end of
line and finds everything in order. What has the client read in the end?
"""

from lab import *

scenario = Scenario(
    lesson="After the bytes of a chunk comes an end of line: leave it unchecked, and you lose bytes without noticing.",
    guess="Does the client read hello, hello world, or is it told that something is wrong?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",            # five bytes, it says
            b"hello world\r\n",  # eleven
            b"0\r\n",
            b"\r\n",
            wrong="the bytes of a chunk are not followed by CR LF",
            right=Send(
                b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Transfer-Encoding: chunked\r\n", b"\r\n", h1.chunked(b"hello"),
            ),
        ),
    ],
    reports=["http_response_transfer_coding"],
    cause="A25",
    level=2,
    expect=[
        Follows("no content is made up", Not(Disguised()),
                [RFC(9112, "7.1"), RFC(9112, "8")], "the response is incomplete when decoding its chunks fails"),
        Fitting("the damage goes no further", Not(Got("not-http")), [RFC(9112, "7.1.1"), RFC(9110, "7.6.1")],
                "chunks are for one connection, and likely to be made anew for the next"),
        Question("Is it a 502?", Answers(502)),
    ],
)
