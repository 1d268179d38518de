"""The worker behind the web server is asked directly.

Many applications sit behind a web server that speaks FastCGI to them. Here the gateway was told the worker's own
port, and sends it HTTP. The worker reads the first eight bytes, "GET /rep", as the header of a record of some unknown
type, and answers with a record of its own. It begins with the byte 1. What is the gateway to think?
"""

from lab import *

scenario = Scenario(
    lesson="HTTP ends at the web server: an application's own socket often speaks something else, such as FastCGI.",
    guess="Sixteen binary bytes: what does the client get?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),
            Send(
                b"\x01\x0b\x00\x00\x00\x08\x00\x00",  # FastCGI, version 1: unknown type, 8 bytes follow
                b"E\x00\x00\x00\x00\x00\x00\x00",     # the type that was unknown: the E of GET
            ),
            Close(),
        ],
        wrong="this port speaks FastCGI",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    level=3,
    expect=[
        Follows("the client gets neither the record nor an answer made of it",
                Not(Got("disguised", "not-http", "own")), RFC(9112, "2.1"), "no message of HTTP begins so"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
