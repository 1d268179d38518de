"""Use it again, but for one line.

A page may be used again without asking, but one of its fields may not: it counts the visitors, and an old number is no
number. The upstream says so: no-cache, in quotes the name of the field. So the copy may come without the field, or the
upstream is asked. What does the second visitor read?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page that counts."""
    request = yield ReceiveRequest()
    first = request.get(b"visit") == b"first"
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'Cache-Control: max-age=60, no-cache="Visitors"\r\n',
        b"Visitors: 1\r\n" if first else b"Visitors: 2\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="no-cache with a name in quotes: the rest may be used again, this field only when it was asked for.",
    guess="Which number does the second visitor get, if any?",
    acts=[
        Act(
            client=Get("/page", b"Visit: first\r\n"),
            upstream=origin,
            expect=[
                Follows("the first visitor is the first", HasField(b"Visitors: 1"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
                Question("Does the cache keep a copy?", CacheSays("stored")),
            ],
        ),
        Act(
            client=Get("/page", b"Visit: second\r\n"),
            expect=[
                MustNot("the field is used again", HasField(b"Visitors: 1"), [RFC(9111, "5.2.2.4"), RFC(9111, "4")],
                        "the copy may be used only without it, or after asking"),
                Follows("the second visitor gets the page", ClientSees(b"hello"),
                        [RFC(9111, "5.2.2.4"), RFC(9110, "3.7")],
                        "from the copy without that field, or from the upstream"),
                Question("Is it the copy?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
