"""The client insists on a new one.

The gateway has a fresh copy of a report. A client does not trust it, perhaps because somebody has pressed the reload
button, and adds no-cache to its request: do not give me a copy before you have asked. In the meantime the report has
changed, too early for its own promise. Does the client get around the copy?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="no-cache in a request is a wish to go past the copies. It is a wish: a cache may disregard it.",
    guess="Which report does the client get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Cache-Control: no-cache\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[
                Follows("the client gets a report, the new one or the copy", Either(ClientSees(b"goodbye"),
                        ClientSees(b"hello")), [RFC(9111, "5.2.1"), RFC(9111, "4")],
                        "the copy is fresh, and what a request says of caching is advice"),
                Question("Does the client get the new one?", ClientSees(b"goodbye")),
                Question("Does the cache say that the client wanted it so?", CacheSays("fwd=request")),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
