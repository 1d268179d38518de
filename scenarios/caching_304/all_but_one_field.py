"""For everybody, but for one line.

A page is the same for all who read it, but comes with a cookie for the one who asked. The upstream says so: private, in
quotes the name of the field. The page may be kept for all, and the cookie may not. Ann fetches it, and then Bob. A
cache that does not understand the fine print keeps nothing. One that understands half of it gives Ann's cookie to Bob.
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page for all, with a cookie for one."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'Cache-Control: max-age=60, private="Set-Cookie"\r\n',
        b"Set-Cookie: seat=12\r\n" if request.get(b"who") == b"ann" else b"Set-Cookie: seat=13\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="private with a name in quotes is about that field alone: the rest of the answer is for everybody.",
    guess="Which seat does Bob get?",
    acts=[
        Act(
            client=Get("/page", b"Who: ann\r\n"),
            upstream=origin,
            expect=[
                Follows("Ann gets her cookie", HasField(b"Set-Cookie: seat=12"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to her request"),
                Question("Does the cache keep a copy of the rest?", CacheSays("stored")),
            ],
        ),
        Act(
            client=Get("/page", b"Who: bob\r\n"),
            expect=[
                MustNot("Bob gets Ann's cookie", HasField(b"Set-Cookie: seat=12"), RFC(9111, "5.2.2.7"),
                        "the listed field must not be stored"),
                Follows("Bob gets the page", ClientSees(b"hello"), [RFC(9111, "5.2.2.7"), RFC(9110, "3.7")],
                        "from the copy without that field, or from the upstream"),
                Question("Is it the copy?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
