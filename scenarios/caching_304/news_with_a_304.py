"""A 304 brings news.

The gateway asks whether its copy of a report is still good. The upstream says 304, the report has not changed. But it
says it with new words: from now on the copy may be used for an hour, and the room where it is discussed is another. The
client that gets the copy now has never seen the 304. Does it get the news?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so; what it says of it has changed."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=3600\r\n",   # an hour now
            b"Room: 8\r\n",                       # and another room
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=3600\r\n",
            b"Room: 8\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="The fields of a 304 are written over those of the copy: the content stays, what is said of it changes.",
    guess="Which room does the second client read of?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Room: 7\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=origin,
            clock=120,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4.3.4"), RFC(9110, "15.4.5")],
                        "it has not changed, and this client has no copy of its own"),
                Must("the copy has the new field", HasField(b"Room: 8"), [RFC(9111, "4.3.4"), RFC(9111, "3.2")],
                     "each field of the 304 replaces what was there"),
                MustNot("the copy has the old one", HasField(b"Room: 7"), [RFC(9111, "4.3.4"), RFC(9111, "3.2")]),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=1200,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "9.3.1")],
                        "it has not changed"),
                Question("Is it the copy, which is good for an hour now?", Asked(0)),
            ],
        ),
    ],
    reports=[],
    cause="B8",
    needs={"cache", "clock"},
)
