"""Chunks and a length at once.

Transfer-Encoding says that the content comes in chunks. Content-Length says that it is four bytes long. By the chunks
the content is "hello"; by the length it is a 5, an end of line and an h. Two recipients that choose differently can
be played off against each other. Which field wins?
"""

from lab import *

scenario = Scenario(
    lesson="Chunks beat the length, and the length must go: two recipients may never see two different ends.",
    guess="What does the client read: hello, or something else?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
        ),
        Send(b"Content-Length: 4\r\n", wrong="a length beside the chunks"),
        Send(
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        MustNot("the length is forwarded", HasField(b"Content-Length: 4"), RFC(9112, "6.3(3)"),
                "an intermediary that forwards the message MUST first remove it"),
        Follows("the client gets what the chunks hold, or an error", Not(Disguised()),
                RFC(9112, "6.3(3)"), "Transfer-Encoding overrides Content-Length"),
        Fitting("it is refused", Answers(502), [RFC(9112, "6.3(3)"), RFC(9110, "15.6.3")],
                "such a message ought to be handled as an error"),
    ],
)
