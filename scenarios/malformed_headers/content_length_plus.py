"""Content-Length has a plus sign.

"+5" looks like a number, and many programming languages read it as one. But the standard allows digits and nothing
else. A gateway that hands the text to its language's own function finds 5 and is content. The next recipient may find
no length at all. Who notices?
"""

from lab import *

scenario = Scenario(
    lesson="A number for your programming language is not yet a number for HTTP: digits only, and no sign.",
    guess="Plus five: is that five?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Content-Length: +5\r\n", wrong="a sign before the digits", right=Send(b"Content-Length: 5\r\n")),
        Send(
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A9",
    level=3,
    expect=[
        Must("the answer is discarded", Not(Either(MadeBy("upstream"), Got("not-http"))),
             [RFC(9112, "6.3(5)"), RFC(9110, "8.6")], "not digits only, so an unrecoverable error"),
        MustNot("the value is forwarded", HasField(b"Content-Length: +5"), RFC(9110, "8.6")),
        Fitting("the client gets a 502", Answers(502), [RFC(9112, "6.3(5)"), RFC(9110, "15.6.3")],
                "the sentence binds proxies: a proxy MUST send a 502"),
    ],
)
