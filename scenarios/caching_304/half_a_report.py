"""Half a new report, and a whole old one.

The gateway has a good copy of a report. It has grown old, and the upstream has a new one: 20 bytes are announced, 8
come, and the connection is closed. What came is incomplete. Then the upstream is well again, and a third client asks.
May the half report be in the store? And is the old one still there?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A fragment is no copy: it may cost one client its answer, and should not be served to the next.",
    guess="What does the third client get?",
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
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 20\r\n",            # the promise
                    b"\r\n",
                    b"good bye",                          # 8 of 20
                ),
                Close(wrong="12 bytes are missing", right=Send(b" and so long")),
            ],
            clock=120,
            expect=[
                Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9112, "8")],
                        "it is incomplete by its framing, and so to be treated"),
                MustNot("the old copy is used in its place", MadeBy("store"), RFC(9111, "4.2.4"),
                        "it is stale, nobody has allowed that, and the upstream can be reached"),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 20\r\n",
                    b"\r\n",
                    b"good bye and so long",
                ),
            ],
            clock=130,
            expect=[
                MustNot("the fragment is used as if it were an answer", Disguised(), RFC(9111, "3.3")),
                Follows("the client gets all of the new report", ClientSees(b"good bye and so long"),
                        [RFC(9110, "3.7"), RFC(9111, "3.3")], "the upstream has it, and there is no other whole one"),
                Question("Was the old copy still there, so that its name was sent?", UpstreamSees(b'"v1"')),
            ],
        ),
    ],
    reports=["http_response_incomplete"],
    cause="A25",
    level=2,
    needs={"cache", "clock"},
)
