"""A change that concerns another page.

The gateway has a fresh copy of a page. A client writes a comment to another address, /comments, and the upstream
answers: done, see /page. So the page has changed, although nobody has written to it. A cache may take the hint and
throw its copy of the page away. Does it?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page, and a place for comments."""
    request = yield ReceiveRequest()
    if request.method == b"POST":
        yield Send(
            b"HTTP/1.1 201 Created\r\n",
            NONCE,
            b"Location: /page\r\n",                 # see there
            b"Content-Length: 0\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Cache-Control: max-age=3600\r\n",
            b"Content-Length: 6\r\n",
            b"\r\n",
            b"before",
        )


scenario = Scenario(
    lesson="An answer to a change may name another page that has changed. A cache may listen, and need not.",
    guess="Does the third client see the comment?",
    acts=[
        Act(
            client=Get("/page"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("POST", "/comments", content=b"nice"),
            expect=[
                Must("the upstream is asked first", UpstreamSees(b"POST /comments "), RFC(9111, "4"),
                     "a change is written through"),
                Follows("the client is told where to look", HasField(b"Location"), RFC(9110, "3.7"),
                        "the upstream has said so"),
            ],
        ),
        Act(
            client=Get("/page"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"after",
                ),
            ],
            expect=[
                Follows("the client gets the page, as it is or as it was",
                        Either(ClientSees(b"before"), ClientSees(b"after")),
                        [RFC(9111, "4.4"), RFC(9111, "4")], "the copy may be made invalid, and is fresh otherwise"),
                Question("Does the client see the comment?", ClientSees(b"after")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
