"""Create it, if it is not there yet.

A client sends a new page with PUT and a star: only if there is none at this address. But there is one, and the gateway
has a fresh copy of it. With a GET the answer would be 304, use what you have. That would be nonsense here: the client
has something to give, not to get. Who judges, and with which number?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page that is there already, and may not be overwritten unseen."""
    request = yield ReceiveRequest()
    if request.method == b"PUT":
        yield Send(
            b"HTTP/1.1 412 Precondition Failed\r\n",
            NONCE,
            b"Content-Length: 14\r\n",
            b"\r\n",
            b"already there\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="304 is for GET and HEAD. For everything else a condition that fails is a 412, and the origin says it.",
    guess="304, 412, or 201?",
    acts=[
        Act(
            client=Get("/page"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("PUT", "/page", b"If-None-Match: *\r\n", content=b"mine"),
            expect=[
                Must("the upstream is asked", UpstreamSees(b"PUT /page "), RFC(9111, "4"),
                     "a change is written through, whatever is in the store"),
                Must("with the condition", UpstreamSees(b": *\r\n"), RFC(9110, "13.2.1"),
                     "for the server that can judge it"),
                Follows("the client is told what the upstream said", ClientSees(b"already there\n"),
                        [RFC(9110, "13.1.2"), RFC(9110, "3.7")],
                        "only the upstream knows, and 412 is the number for it"),
            ],
        ),
        Act(
            client=Get("/page"),
            expect=[
                Follows("the next reader gets the page as it is", ClientSees(b"hello"),
                        [RFC(9111, "4"), RFC(9110, "3.7")], "nothing has changed"),
                Question("Is the copy still used, as nothing has changed?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
