"""The content is wrapped in a coding that nobody asked for.

"rot13, chunked": the letters were shifted by thirteen places, and then wrapped in chunks. A recipient that does not
say otherwise has agreed to chunks only. Take off the chunks alone, and you have "uryyb" in hand, which looks like
content and is not. What can an honest gateway do?
"""

from lab import *

scenario = Scenario(
    lesson="Taking off the chunks is not enough: a coding that you cannot undo leaves you without the content.",
    guess="Does the client read hello, uryyb, or an error?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Transfer-Encoding: rot13, chunked\r\n",
            wrong="a transfer coding other than chunked, unasked",
            right=Send(b"Transfer-Encoding: chunked\r\n"),
        ),
        Send(
            b"\r\n",
            b"5\r\n",
            b"uryyb\r\n",  # hello, shifted by thirteen letters
            b"0\r\n",
            b"\r\n",
        ),
    ],
    reports=["http_response_transfer_coding"],
    level=2,
    expect=[
        Follows("uryyb is not given out as the content", Not(Got("disguised", "own")),
                [RFC(9112, "6.1"), RFC(9112, "7.4")], "the content is what is left when all codings are undone"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Does Proxy-Status name the coding?", Reports("http_response_transfer_coding")),
    ],
)
