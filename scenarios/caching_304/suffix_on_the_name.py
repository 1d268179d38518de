"""A suffix that is forgotten.

The upstream compresses its page, and adds -gzip to the name: "v1-gzip". So far, so right. But when it is asked whether
"v1-gzip" is still good, it compares with "v1", finds a difference, and sends the page again, each time. Both sides are
well, each answer is in order, and there is never a 304. Can a store on the way make up for it?
"""

from lab import *
from lab.expect import CacheSays

ZIPPED = bytes.fromhex("1f8b0800000000000203cb48cdc9c9070086a6103605000000")


def forgetful():
    """It puts a suffix on the name, and does not take it off again."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1-gzip"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Vary: Accept-Encoding\r\n",
            b"Content-Encoding: gzip\r\n",
            b"Content-Length: %d\r\n" % len(ZIPPED),
            b"\r\n",
            ZIPPED,
        )


scenario = Scenario(
    lesson="A name is good for nothing if its giver does not know it again: ask by it, and see whether a 304 comes.",
    guess="How many bytes of content does the upstream send in all?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n"),
            upstream=forgetful,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n", b'If-None-Match: "v1-gzip"\r\n'),
            expect=[Question("Is there a 304 while the copy is fresh?", Answers(304))],
        ),
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n", b'If-None-Match: "v1-gzip"\r\n'),
            clock=120,
            expect=[
                MustNot("the name is cut to what the upstream would know", UpstreamSees(b'"v1"'),
                        [RFC(9111, "4.3.1"), RFC(9110, "8.8.3")], "names are opaque, and sent as they were given"),
                Follows("the client is told that its copy is good, or gets the page",
                        Either(Answers(304), Got("relayed")), [RFC(9111, "4.3.3"), RFC(9110, "13.1.2")],
                        "the page has come in full, and a gateway that compares the names sees that they are the same"),
                Question("Does the gateway make up for it, with a 304 of its own?", Answers(304)),
            ],
        ),
    ],
    reports=[],
    cause="B2",
    level=3,
    needs={"cache", "clock"},
)
