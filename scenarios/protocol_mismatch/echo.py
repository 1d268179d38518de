"""The upstream repeats the question.

On this port listens a program that sends back whatever it gets. The gateway sends a request and receives its own
request, word for word. It is perfect HTTP/1.1, but it is a request, and an answer was due. Who checks?
"""

from lab import *

scenario = Scenario(
    lesson="Well-formed HTTP is not yet an answer: an answer begins with a status line, a request with a method.",
    guess="What does the client get when its own question comes back?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"GET /report HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"\r\n",
            wrong="a request where an answer should be",
            right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n"),
        ),
        Close(),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("the client gets neither the question nor an answer made of it",
                Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "2.1"), RFC(9112, "4")], "a response begins with a status line, and this with a method"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
