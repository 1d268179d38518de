"""A perfect answer in the wrong version.

The upstream has understood the request, nobody knows how, and answers it: status 200, five bytes, and the mark that
says that this is all. Every frame is right. But the frames are HTTP/2, and the question came in HTTP/1.1. Both versions
mean the same by it. Would it not be friendly to understand?
"""

from lab import *

scenario = Scenario(
    lesson="The meaning may be the same: without the same syntax there is no answer, only bytes.",
    guess="200 or 502?",
    client=Get("/report"),
    upstream=Peer(
        [
            ReceiveRequest(),
            Send(
                h2.settings(),                             # what a server of HTTP/2 begins with
                h2.headers(1, h2.answers(200)),            # on stream 1: status 200
                h2.data(1, b"hello", end_stream=True),     # five bytes, and that is all
            ),
        ],
        wrong="an answer of HTTP/2 to a question of HTTP/1.1",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 5\r\n\r\n", b"hello")],
    ),
    reports=["http_protocol_error"],
    cause="A14",
    level=2,
    expect=[
        Follows("the client gets neither the frames nor an answer made of them",
                Not(Got("disguised", "not-http", "own", "relayed")), RFC(9112, "2.1"),
                "no message of HTTP/1.1 begins so"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
