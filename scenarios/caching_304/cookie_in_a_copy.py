"""A cookie in a copy.

A page may be kept for a minute, by everybody, and it comes with a cookie. Somebody has forgotten that it does. By the
standard a cookie is a field like any other, and the copy has it. Ann fetches the page and is given seat 12. Then comes
Bob. Some stores keep nothing that has a cookie, out of caution. Is that a rule?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page for all, with a cookie for one, and nothing said about it."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Set-Cookie: seat=12\r\n" if request.get(b"who") == b"ann" else b"Set-Cookie: seat=13\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="No standard keeps a cookie out of a copy. If it is for one person, the answer has to say so.",
    guess="Which seat does Bob get?",
    acts=[
        Act(
            client=Get("/page", b"Who: ann\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Who: bob\r\n"),
            expect=[
                Follows("Bob gets the page", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "3.7")],
                        "from the copy or from the upstream"),
                Question("Does Bob get Ann's cookie?", HasField(b"Set-Cookie: seat=12")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
