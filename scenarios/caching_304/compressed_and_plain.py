"""The same page, compressed.

An upstream has a page as it is and compressed with gzip, each with a name of its own. The first client takes gzip, and
the gateway keeps what it got. The second takes nothing compressed. The third takes gzip again, and asks by the name of
what it has. The bytes differ, and so do the names. Does everybody get what they can read?
"""

from lab import *
from lab.expect import CacheSays

ZIPPED = bytes.fromhex("1f8b0800000000000203cb48cdc9c9070086a6103605000000")


def origin():
    """It has the page compressed and plain, under two names."""
    request = yield ReceiveRequest()
    zipped = request.get(b"accept-encoding") == b"gzip"
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v1-gzip"\r\n' if zipped else b'ETag: "v1"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Vary: Accept-Encoding\r\n",
        b"Content-Encoding: gzip\r\n" if zipped else b"Content-Type: text/plain\r\n",
        b"Content-Length: %d\r\n" % (len(ZIPPED) if zipped else 5),
        b"\r\n",
        ZIPPED if zipped else b"hello",
    )


scenario = Scenario(
    lesson="Other bytes, another name: what is compressed has an ETag of its own, and Vary says who gets which.",
    guess="Can the second client read what it gets?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Encoding: identity\r\n"),
            expect=[
                MustNot("what is compressed goes to one who does not take it", HasField(b"Content-Encoding: gzip"),
                        [RFC(9111, "4.1"), RFC(9110, "12.5.5")]),
                Follows("the client gets what it can read", ClientSees(b"hello"), RFC(9110, "3.7"),
                        "the upstream has it"),
                Follows("the name of the other bytes does not stand over it", Not(HasField(b'ETag: "v1-gzip"')),
                        [RFC(9110, "8.8.3.3"), RFC(9110, "8.8.1")], "a strong name is for these bytes and no others"),
            ],
        ),
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n", b'If-None-Match: "v1-gzip"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets the page",
                        Either(Answers(304), HasField(b"Content-Encoding: gzip"), ClientSees(b"hello")),
                        [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")], "nothing has changed"),
                Question("Is it a 304 out of the store?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
