"""How large would it be?

The gateway has a fresh copy of a report. A client wants to know how large it is and asks with HEAD: the same answer as
for a GET, without the content. The copy has all that it takes. Does the question have to travel on?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It answers GET and HEAD alike, to HEAD without the content."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v1"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"" if request.method == b"HEAD" else b"hello",
    )


scenario = Scenario(
    lesson="A copy of the answer to a GET answers a HEAD as well: leave the content out.",
    guess="Is the upstream asked?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("HEAD", "/report"),
            expect=[
                Must("no content comes", Not(ClientSees(b"hello")), RFC(9110, "9.3.2")),
                Follows("the client gets the fields of the report", HasField(b'ETag: "v1"'),
                        [RFC(9110, "9.3.2"), RFC(9111, "4")], "a HEAD is answered as a GET would be"),
                MustNot("a length is given that is not the report's",
                        Not(Either(HasField(b"Content-Length: 5"), Not(HasField(b"Content-Length")))),
                        RFC(9110, "8.6"), "it says how long the content of a GET would be, or nothing"),
                Question("Does it come from the store?", MadeBy("store")),
                Question("Does the cache say so?", CacheSays("hit")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
