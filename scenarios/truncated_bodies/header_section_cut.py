"""The connection ends before the header section does.

The header section ends with an empty line. The upstream closes before it: inside the status line, inside a field
line, or after the last field line, with nothing missing but the empty line. Lines that did not come might have said
how long the content is, or that it must not be stored. What may a gateway pass on?
"""

from lab import *

scenario = Scenario(
    lesson="Until the empty line has come, nobody knows what the answer says: there is nothing to pass on yet.",
    guess="In which of the three cases does the client see a 200?",
    client=Get("/report"),
    vary={
        "in the status line": Send(
            b"HTTP/1.1 20", wrong="cut in the status line",
            right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n"),
        ),
        "in a field line": Send(
            b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Len", wrong="cut in a field line",
            right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n"),
        ),
        "before the empty line": Send(
            b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n", wrong="only the empty line is missing",
            right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n"),
        ),
    },
    upstream=lambda part: [ReceiveRequest(), part, Close()],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Got("disguised", "not-http", "own")), RFC(9112, "8"),
                "a client cannot assume that the meaning has been conveyed, and the gateway is one here"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3"), "nothing has been passed on yet"),
    ],
)
