"""No status line at all.

The first version of HTTP had no status codes and no fields: the server sent the page and closed. Later it was called
HTTP/0.9. This upstream still does so. Is this an answer with an old accent, or is it noise? From the bytes alone,
nobody can tell.
"""

from lab import *

scenario = Scenario(
    lesson="If anything may be an answer, then noise is one too: that is why an answer begins with a status line.",
    guess="A page without a status line: 200 or 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"<p>hello</p>\n",
            wrong="content without a status line",
            right=Send(
                b"HTTP/1.0 200 OK\r\n",
                NONCE, FIELDS,
                b"\r\n",
                b"<p>hello</p>\n",
            ),
        ),
        Close(),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("what the client gets is HTTP", Not(Got("not-http", "own")), [RFC(9110, "3.7"), RFC(9112, "4")],
                "it asked in HTTP/1.1, whatever was spoken behind the gateway"),
        Fitting("no answer is made up around it", Not(Disguised()), [RFC(9112, "2.1"), RFC(9112, "4")],
                "a response begins with a status line"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Does the page reach the client?", ClientSees(b"<p>hello</p>")),
    ],
)
