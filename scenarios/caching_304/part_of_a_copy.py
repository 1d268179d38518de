"""A piece out of a copy.

The gateway has a fresh copy of a film of ten bytes. A client wants the last five only, because it has the beginning
already. The gateway can cut them out by itself and say 206: this is a part, from here to there, of so many. Or it asks
the upstream. What it must not do is to send five bytes as if they were the film. How many bytes come?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its film has ten bytes, and it sends parts of it."""
    request = yield ReceiveRequest()
    if request.get(b"range") == b"bytes=5-9":
        yield Send(
            b"HTTP/1.1 206 Partial Content\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Range: bytes 5-9/10\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"56789",
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
    lesson="Whoever has the whole can give any part of it. 206 says that it is one, and Content-Range says which.",
    guess="Is the upstream needed for this?",
    acts=[
        Act(
            client=Get("/film"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/film", b"Range: bytes=5-9\r\n"),
            expect=[
                Follows("the client gets its part, or the whole", ClientSees(b"56789"), RFC(9110, "14.2"),
                        "a range may be ignored, and then the whole film comes"),
                Must("a part says that it is one",
                     Either(Not(Answers(206)), HasField(b"Content-Range: bytes 5-9/10")),
                     [RFC(9111, "3.3"), RFC(9110, "15.3.7.1")]),
                MustNot("a part is called the whole", Not(Either(ClientSees(b"0123456789"), Not(Answers(200)))),
                        RFC(9111, "3.3"), "206 is the mark of a part"),
                Question("Is it cut out of the copy?", MadeBy("store")),
                Question("Does the cache say so?", CacheSays("hit")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
