"""Two lengths, and they differ.

The framework writes one Content-Length, the compression filter another. One says 5, the other says 11, and 11 bytes
follow. Believe the first line, and you get "hello" and leave six bytes on the connection, where the next answer should
begin. May the gateway choose?
"""

from lab import *

scenario = Scenario(
    lesson="Two different lengths are no length: to choose one is to let somebody else choose the other.",
    guess="5 or 11 bytes, or none?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Content-Length: 5\r\n", wrong="a second, different Content-Length"),
        Send(
            b"Content-Length: 11\r\n",
            b"\r\n",
            b"hello world",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A9",
    level=2,
    expect=[
        Must("the answer is discarded", Not(Either(MadeBy("upstream"), Got("not-http"))),
             RFC(9112, "6.3(5)"), "an unrecoverable error"),
        Fitting("the client gets a 502", Answers(502), [RFC(9112, "6.3(5)"), RFC(9110, "15.6.3")],
                "the sentence binds proxies: a proxy MUST send a 502"),
    ],
)
