"""Nothing has changed.

The upstream sends a report and gives its present state a name, the ETag "v1". The client keeps a copy. Later it asks
again, and says: send it only if it is no longer "v1". Nothing has changed, so the upstream answers 304 and sends no
content at all. What does the client do with an answer that has no content?
"""

from lab import *

scenario = Scenario(
    lesson="304 says: use the copy that you have. It is a whole answer, although nothing follows its empty line.",
    guess="How many bytes of content come with the second answer?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',                # the name of this state of the report
                    b"Cache-Control: no-cache\r\n",   # keep it, but ask before you use it again
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the client learn the name of its copy?", ClientSees(b'"v1"'))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 304 Not Modified\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: no-cache\r\n",
                    b"\r\n",                          # and that is all
                ),
            ],
            expect=[
                Must("the gateway passes the condition on", UpstreamSees(b'"v1"'), RFC(9110, "13.2.1"),
                     "only a cache may answer it by itself, and no-cache lets no cache do so unasked"),
                Follows("the client is told that its copy is good", Answers(304),
                        [RFC(9110, "15.4.5"), RFC(9110, "3.7")], "it asked, and the upstream said so"),
                Follows("the answer ends at its empty line", Complete(), RFC(9110, "15.4.5"),
                        "a 304 cannot contain content"),
            ],
        ),
    ],
    reports=[],
)
