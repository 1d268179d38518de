"""The report has changed.

The gateway has a copy of the report, named "v1". When it has grown old, a client asks whether there is something newer
than "v1". The gateway asks the upstream, and there the report has been rewritten: it is "v2" now, and comes in full.
One answer has to serve two, the client that waits and the store. What is in the store afterwards?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="One question, two possible answers: a short 304, or a 200 that replaces the copy.",
    guess="Which report does the third client get?",
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
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',            # another name: another state of the report
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=120,
            expect=[
                Must("the client gets the new report", ClientSees(b"goodbye"), RFC(9111, "4.3.3"),
                     "an answer in full says that no copy will do, and is the one to be used"),
                Follows("with its new name", HasField(b'ETag: "v2"'), [RFC(9110, "8.8.3"), RFC(9110, "3.7")],
                        "the old one would stand for other bytes"),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=130,
            expect=[
                Follows("the next client gets the new report, too", ClientSees(b"goodbye"),
                        [RFC(9111, "4"), RFC(9111, "4.3.3")], "of two copies the more recent one is to be used"),
                Question("Is it a copy?", Got("stored")),
            ],
        ),
    ],
    reports=[],
    needs={"cache", "clock"},
)
