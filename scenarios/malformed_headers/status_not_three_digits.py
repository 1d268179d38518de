"""The status code does not have three digits.

A status code is three digits: the first says what kind of answer this is. Here it is 2OO with two capital letters O,
or 99, or 1000. A program that reads numbers carelessly makes 2 of the first, and 100 with a spare zero of the last,
which would not even be a final answer. What should a gateway make of them?
"""

from lab import *

scenario = Scenario(
    lesson="Three digits, no more and no fewer: a code that has to be guessed says nothing about the answer.",
    guess="Which status does the client see?",
    client=Get("/report"),
    vary={"2OO": b"2OO OK", "99": b"99 Balloons", "1000": b"1000 Fine"},
    upstream=lambda code: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 " + code + b"\r\n",
            wrong="the status code is not three digits",
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
        Follows("neither this code goes further nor one made up for it, unless for a server error",
                Either(Not(Got("disguised", "not-http", "own")), Answers(500, 501, 502, 503, 504)),
                [RFC(9112, "4"), RFC(9110, "15")],
                "without its code an answer means nothing, and an invalid code is best taken for a 5xx"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
