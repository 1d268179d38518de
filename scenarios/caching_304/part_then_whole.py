"""First a part, then the whole.

A client asks for the first half of a film and gets it, as a 206. The gateway has now seen five bytes of ten. Then
another client wants the whole film. A cache may keep parts and fetch what is missing. It may also keep nothing of them.
But what it has is no film. What does the second client get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its film has ten bytes, and it sends either half of it."""
    request = yield ReceiveRequest()
    first = request.get(b"range") == b"bytes=0-4"
    if first or request.get(b"range") in (b"bytes=5-9", b"bytes=5-"):
        yield Send(
            b"HTTP/1.1 206 Partial Content\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Range: bytes 0-4/10\r\n" if first else b"Content-Range: bytes 5-9/10\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"01234" if first else b"56789",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 10\r\n",
            b"\r\n",
            b"0123456789",
        )


scenario = Scenario(
    lesson="A part is not a copy: whoever keeps it has to remember that something is missing.",
    guess="Five bytes, or ten?",
    acts=[
        Act(
            client=Get("/film", b"Range: bytes=0-4\r\n"),
            upstream=origin,
            expect=[Follows("the client gets its part, or the whole", ClientSees(b"01234"), RFC(9110, "14.2"),
                            "a range may be ignored, and then the whole film comes")],
        ),
        Act(
            client=Get("/film"),
            expect=[
                MustNot("a part is called the whole", Not(Either(ClientSees(b"0123456789"), Not(Answers(200)))),
                        RFC(9111, "3.3"),
                        "it is not to be used for such a request unless it has been made complete"),
                Question("Does the cache say that it had only a part?", CacheSays("fwd=partial")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
