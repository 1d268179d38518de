"""The answer to a HEAD betrays a change.

The gateway has a copy of a report, named "v1", and it has grown old. A client asks with HEAD, the gateway asks the
upstream, and the answer has another name and another length: "v2", seven bytes. So the report has changed, and the copy
in the store is of yesterday. Nobody has seen the new one yet. What becomes of the copy?
"""

from lab import *
from lab.expect import CacheSays


def changed():
    """The report is "v2" now."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v2"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 7\r\n",
        b"\r\n",
        b"" if request.method == b"HEAD" else b"goodbye",
    )


scenario = Scenario(
    lesson="A HEAD compares: if name or length differ, the copy is out of date, and the next reader needs a new one.",
    guess="Does the third client get the old report, the new one, or a mixture of both?",
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
            client=Request("HEAD", "/report"),
            upstream=changed,
            clock=120,
            expect=[
                Follows("the client learns the new name", HasField(b'ETag: "v2"'),
                        [RFC(9110, "3.7"), RFC(9110, "9.3.2")], "the copy is stale, and the upstream has been asked"),
                Must("no content comes", Not(ClientSees(b"goodbye")), RFC(9110, "9.3.2")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=changed,
            clock=130,
            expect=[
                MustNot("the old copy is used", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9111, "4.2.4")],
                        "it is stale, and nobody has validated it"),
                Follows("the client gets the new report", ClientSees(b"goodbye"),
                        [RFC(9110, "3.7"), RFC(9111, "4.3.5")], "where the validators differ, the copy is of no use"),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache", "clock"},
)
