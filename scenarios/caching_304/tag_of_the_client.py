"""The 304 is about the client's copy.

A client has "v1" of a report. The gateway has "v2", which has grown old. In the meantime somebody has taken "v2" back,
and the report is "v1" again. The client asks whether it has changed since "v1", and the upstream says 304: it is "v1".
That is good news for the client. What is it for the copy in the gateway?
"""

from lab import *
from lab.expect import CacheSays


def taken_back():
    """Its report is "v1" again."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
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
    lesson="A 304 that names a copy which a cache does not have makes none of its copies fresh.",
    guess="Which report does the third client get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=taken_back,
            clock=120,
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        'the report is "v1", as the client has it'),
                MustNot("the gateway's copy is used", ClientSees(b"goodbye"), RFC(9111, "4.3.4"),
                        "the 304 has a strong validator, and it is not that of the copy"),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=taken_back,
            clock=130,
            expect=[
                MustNot("the gateway's copy has become fresh", ClientSees(b"goodbye"), RFC(9111, "4.3.4"),
                        "that 304 must not be used to update it"),
                Follows("the next client gets the report as it is", ClientSees(b"hello"),
                        [RFC(9110, "3.7"), RFC(9111, "4")], "the upstream has it"),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache", "clock"},
)
