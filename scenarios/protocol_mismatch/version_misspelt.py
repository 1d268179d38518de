"""The version is misspelt.

A version is HTTP, a slash, a digit, a point, a digit. Here somebody was sparing with the point, or generous with the
digits, or has forgotten the slash. Each of these lines can be understood by a person. A program that compares only the
beginning understands them, too, and one that looks closely does not. What is a version worth that has to be guessed?
"""

from lab import *

scenario = Scenario(
    lesson="HTTP, slash, digit, point, digit, and nothing else: by these eight bytes one knows how to read the rest.",
    guess="Which of the three will be forgiven?",
    client=Get("/report"),
    vary={"HTTP/1": b"HTTP/1", "HTTP/1.10": b"HTTP/1.10", "HTTP 1.1": b"HTTP 1.1"},
    upstream=lambda version: [
        ReceiveRequest(),
        Send(
            version + b" 200 OK\r\n",
            wrong="this is no version of HTTP as it is to be written",
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
    level=3,
    expect=[
        MustNot("it is passed on as it is",
                Either(ClientSees(b"HTTP/1 200"), ClientSees(b"HTTP/1.10 200"), ClientSees(b"HTTP 1.1 200")),
                RFC(9112, "2.3"), "intermediaries MUST send their own version"),
        Follows("the client gets the answer, or none", Not(Got("not-http", "own")), [RFC(9112, "2.3"), RFC(9112, "4")],
                "what reaches the client is HTTP, whoever made it"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it forgiven?", MadeBy("upstream")),
    ],
)
