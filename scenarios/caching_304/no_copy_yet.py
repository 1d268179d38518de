"""A question that is for somebody else.

A client asks whether a report has changed since "v1". The gateway has no copy of it, so it cannot know. It could take
the question off, fetch the whole report for its store, and answer then. Or it passes the question on. May it answer
without knowing?
"""

from lab import *


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="Whoever has no copy has nothing to compare with: the condition is for the next server to judge.",
    guess="Who says 304 here?",
    client=Get("/report", b'If-None-Match: "v1"\r\n'),
    upstream=origin,
    reports=[],
    expect=[
        Follows("the client is told that its copy is good, or gets the report",
                Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                "nothing has changed"),
        MustNot("the gateway judges by itself, asking nobody", Asked(0), [RFC(9110, "13.2.1"), RFC(9111, "4.3.2")],
                "it has no stored response to compare with"),
        Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"), "a 304 ends at its empty line"),
        Question("Does the question reach the upstream?", UpstreamSees(b'"v1"')),
    ],
)
