"""A key for an open door.

Ann shows who she is, although the page that she asks for is open to everybody. The upstream knows, and says so: public.
Now the gateway may keep what it got for Ann, and give it to the next client, who shows nothing. Does it?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its page is for everybody."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: public, max-age=60\r\n",   # also when it was asked for with a key
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="public, s-maxage and must-revalidate open to all what was asked for with a key.",
    guess="Is the upstream asked once, or twice?",
    acts=[
        Act(
            client=Get("/page", b"Authorization: Basic YW5uOnNlc2FtZQ==\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page"),
            expect=[
                Follows("the client gets the page", ClientSees(b"hello"), [RFC(9111, "3.5"), RFC(9110, "3.7")],
                        "from the copy, which may be used, or from the upstream"),
                Question("Is it the copy?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
