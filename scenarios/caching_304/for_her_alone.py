"""Whoever shows a key.

Ann's request has an Authorization field: it shows who she is. The upstream sends her page, good for a minute, and says
nothing about whom it is for. Then somebody without a key asks for the same address. At the upstream the door is locked.
And at the gateway?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its page is for those who show who they are."""
    request = yield ReceiveRequest()
    if request.get(b"authorization"):
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 6\r\n",
            b"\r\n",
            b"secret",
        )
    else:
        yield Send(
            b"HTTP/1.1 401 Unauthorized\r\n",
            NONCE,
            b'WWW-Authenticate: Basic realm="lab"\r\n',
            b"Content-Length: 14\r\n",
            b"\r\n",
            b"who are you?\r\n",
        )


scenario = Scenario(
    lesson="What was asked for with a key is kept for nobody, unless the answer says that it may be.",
    guess="Does the second client get in?",
    acts=[
        Act(
            client=Get("/page", b"Authorization: Basic YW5uOnNlc2FtZQ==\r\n"),
            upstream=origin,
            expect=[
                Follows("Ann gets her page", ClientSees(b"secret"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to her request"),
                MustNot("it is stored", CacheSays("stored"), [RFC(9111, "3"), RFC(9111, "3.5")],
                        "it was asked for with a key, and nothing in it allows a shared cache to keep it"),
            ],
        ),
        Act(
            client=Get("/page"),
            expect=[
                MustNot("the page is given to somebody else", ClientSees(b"secret"), [RFC(9111, "3.5"), RFC(9111, "3")],
                        "nothing in the answer allows a shared cache to use it again"),
                Follows("the client is told what the upstream says", ClientSees(b"who are you?"), RFC(9110, "3.7"),
                        "only the upstream can judge a key"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
