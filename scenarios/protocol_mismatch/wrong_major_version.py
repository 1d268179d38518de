"""The status line says HTTP/2.0, or HTTP/3.0.

The lines are those of HTTP/1.1, but the version in the status line is another. Somebody wanted to be modern and
changed one number. A major version says how the bytes are to be read: HTTP/2 and HTTP/3 are binary and have no status
line at all. So this line contradicts itself. What is it worth?
"""

from lab import *

scenario = Scenario(
    lesson="The first digit of the version says which syntax follows: a status line that claims HTTP/2 cannot be one.",
    guess="Everything else is right. 200 or 502?",
    client=Get("/report"),
    vary={"HTTP/2.0": b"HTTP/2.0", "HTTP/3.0": b"HTTP/3.0"},
    upstream=lambda version: [
        ReceiveRequest(),
        Send(
            version + b" 200 OK\r\n",
            wrong="a major version that has no status line",
            right=Send(b"HTTP/1.1 200 OK\r\n"),
        ),
        Send(
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        MustNot("the version is passed on", Either(ClientSees(b"HTTP/2.0 200"), ClientSees(b"HTTP/3.0 200")),
                RFC(9112, "2.3"), "intermediaries MUST send their own version"),
        Follows("it is not taken for an answer of HTTP/1.1", Not(Got("disguised", "not-http", "own")),
                [RFC(9110, "2.5"), RFC(9110, "2.4")], "it means another syntax, and is to be taken as it is meant"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
