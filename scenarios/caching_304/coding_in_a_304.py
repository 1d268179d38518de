"""A 304 that announces chunks.

The client asks whether its copy is still good, and the upstream says 304. Among its fields is one that says that the
content comes in chunks. So it would have come, with a 200. With a 304 comes none, and no chunk either, not even the
last one of size zero. Where does this answer end?
"""

from lab import *


def origin():
    """A report of five bytes, which it would send as one chunk."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE, FIELDS,
            b'ETag: "v1"\r\n',
            b"Transfer-Encoding: chunked\r\n",   # as a 200 would have been sent
            b"\r\n",                             # the end
            watch="chunks are announced, and rightly none comes",
        )
    else:                                        # a cache may ask for all of it
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b'ETag: "v1"\r\n',
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n", b"hello\r\n",
            b"0\r\n", b"\r\n",
        )


scenario = Scenario(
    lesson="In a 304 Transfer-Encoding, like a length, tells of the 200 that did not have to be sent.",
    guess="Complete, or does somebody wait for a chunk?",
    client=Get("/report", b'If-None-Match: "v1"\r\n'),
    upstream=origin,
    reports=[],
    level=3,
    expect=[
        Follows("the answer is complete and comes through", Got("relayed", "stored"),
                [RFC(9112, "6.3(1)"), RFC(9112, "6.1")], "a 304 ends at its empty line, whatever its fields say"),
    ],
)
