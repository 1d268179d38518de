"""The client asks whether its copy is still good, and nobody says.

The client has a copy of a report, with the ETag "v1", and asks for it unless it is still "v1". The upstream takes the
question and closes the connection without a word. So nobody has said that the report has changed, and nobody has said
that it has not. Does the client get a 304, or a 502?
"""

from lab import *

scenario = Scenario(
    lesson="Silence is not a 304: a 502 says neither that your copy is good nor that it is not.",
    guess="A 304, a 502, or the old report once more?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: no-cache\r\n",   # keep it, but ask before you use it again
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the client learn the name of its copy?", ClientSees(b'"v1"'))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=[
                ReceiveRequest(),
                Close(
                    wrong="asked whether anything has changed, it hangs up",
                    right=Send(
                        b"HTTP/1.1 304 Not Modified\r\n",
                        NONCE,
                        b'ETag: "v1"\r\n',
                        b"Cache-Control: no-cache\r\n",
                        b"\r\n",
                    ),
                ),
            ],
            expect=[
                MustNot("a stored copy is used, or called good", MadeBy("store"), RFC(9111, "5.2.2.4"),
                        "no-cache: not before it has been validated, and nobody has validated it"),
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
                Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
            ],
        ),
    ],
    reports=["connection_terminated"],
    cause="A4",
)
