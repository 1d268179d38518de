"""Nothing has changed.

The upstream sends a report and gives its present state a name, the ETag "v1". The client keeps a copy. Later it asks
again, and says: send it only if it is no longer "v1". Nothing has changed, so the upstream answers 304 and sends no
content at all. What does the client do with an answer that has no content?
"""

from lab import *


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: no-cache\r\n",
            b"\r\n",                          # and that is all
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',                # the name of this state of the report
            b"Cache-Control: no-cache\r\n",   # keep it, but ask before you use it again
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="304 says: use the copy that you have. It is a whole answer, although nothing follows its empty line.",
    guess="How many bytes of content come with the second answer?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the client learn the name of its copy?", ClientSees(b'"v1"'))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=origin,
            expect=[
                MustNot("a stored copy is used unasked", Asked(0), RFC(9111, "5.2.2.4"),
                        "no-cache: not before it has been validated"),
                Follows("the client is told that its copy is good, or gets it again",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Question("Does the upstream hear which copy it is about?", UpstreamSees(b'"v1"')),
                Follows("the answer is complete", Complete(), RFC(9110, "15.4.5"),
                        "a 304 ends with its header section: nothing is missing"),
            ],
        ),
    ],
    reports=[],
)
