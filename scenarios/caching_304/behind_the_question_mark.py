"""Behind the question mark.

A client asks for the first page of a list, /list?page=1, and the gateway keeps a copy. Another asks for the second,
/list?page=2. The path is the same, only what stands behind the question mark is not. A cache finds its copies by a key.
What has to be in the key?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A list of two pages."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"one!!" if request.target.endswith(b"page=1") else b"two!!",
    )


scenario = Scenario(
    lesson="The key of a copy is the whole address, with all that stands behind the question mark.",
    guess="Which page does the second client get?",
    acts=[
        Act(
            client=Get("/list?page=1"),
            upstream=origin,
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("Does it say under which key?", CacheSays("key")),
            ],
        ),
        Act(
            client=Get("/list?page=2"),
            expect=[
                MustNot("the first page is used", ClientSees(b"one!!"), [RFC(9111, "4"), RFC(9111, "2")],
                        "it is the answer to another target URI"),
                Follows("the client gets the second page", ClientSees(b"two!!"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
                Question("Does the cache say that it had nothing for this address?", CacheSays("fwd=uri-miss")),
            ],
        ),
    ],
    reports=[],
    level=1,
    needs={"cache"},
)
