"""Weak is not strong enough.

The gateway has a fresh copy of a film, and its name is weak: W/"v1" may stay the same when a byte changes. A client has
the first half of a W/"v1" and asks for the second, if it still is that. For a whole copy the name would do. For two
halves that have to fit it will not, and so no client may ask by it. This one does. What does it get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its film has a weak name, so no part of it is sent to whoever asks by that."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: W/"v1"\r\n',                     # weak: perhaps not the same bytes
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 10\r\n",
        b"\r\n",
        b"0123456789",
    )


scenario = Scenario(
    lesson="To join two halves, compare strongly: a weak name matches nothing then, not even itself.",
    guess="The second half, or all of it?",
    acts=[
        Act(
            client=Get("/film"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/film", b"Range: bytes=5-9\r\n", b'If-Range: W/"v1"\r\n'),
            expect=[
                Must("no part is sent", Not(Answers(206)), [RFC(9110, "13.1.5"), RFC(9110, "8.8.3.2")],
                     "If-Range is compared strongly, and so the condition is false"),
                Follows("the client gets the whole film", ClientSees(b"0123456789"),
                        [RFC(9110, "13.1.5"), RFC(9110, "13.2.2")], "the range is to be ignored"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
