"""The rest of it, if it is still the same.

A client has the first half of "v1" of a film, and then its connection was lost. It asks for the second half, but only
if the film is still "v1": two halves of different films make no film. The gateway has a fresh copy, and it is "v2". May
the second half of that be sent?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its film is "v2", and it sends parts of that."""
    request = yield ReceiveRequest()
    if request.get(b"range") == b"bytes=5-9" and request.get(b"if-range") == b'"v2"':
        yield Send(
            b"HTTP/1.1 206 Partial Content\r\n",
            NONCE,
            b'ETag: "v2"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Range: bytes 5-9/10\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"fghij",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v2"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 10\r\n",
            b"\r\n",
            b"abcdefghij",
        )


scenario = Scenario(
    lesson="If-Range means: the rest if nothing has changed, else all of it. Halves of two films do not fit together.",
    guess="How many bytes come for each of the two who ask?",
    acts=[
        Act(
            client=Get("/film"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/film", b"Range: bytes=5-9\r\n", b'If-Range: "v1"\r\n'),
            expect=[
                Must("no part of another film is sent", Not(Answers(206)), RFC(9110, "13.1.5"),
                     'it is no longer "v1", so the range is to be ignored'),
                Follows("the client gets the whole of the new one", ClientSees(b"abcdefghij"),
                        [RFC(9110, "13.1.5"), RFC(9110, "13.2.2")], "without the range, this is a GET like any other"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
        Act(
            client=Get("/film", b"Range: bytes=5-9\r\n", b'If-Range: "v2"\r\n'),
            expect=[
                Follows("who has the beginning of this one gets the rest, or all", ClientSees(b"fghij"),
                        [RFC(9110, "13.1.5"), RFC(9110, "14.2")], "the names are the same"),
                Should("only the rest is sent", Either(Answers(206), Not(MadeBy("store"))), RFC(9110, "13.1.5"),
                       "the condition is true"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
