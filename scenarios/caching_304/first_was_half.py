"""Nothing but half a report.

The gateway has no copy yet. The upstream promises 20 bytes, good for an hour, sends 5 and closes. A client has got a
fragment, or an error. Then the upstream is well again, and another client asks. The fragment was fresh for an hour, by
its own words. Is there anything to be used?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="Half an answer is no answer to keep, however long it would have been good for.",
    guess="How many bytes does the second client get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"Content-Length: 20\r\n",            # the promise
                    b"\r\n",
                    b"hello",                             # 5 of 20
                ),
                Close(wrong="15 bytes are missing", right=Send(b", how are you? ")),
            ],
            expect=[
                Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "6.3(6)"), RFC(9112, "8")],
                        "it is incomplete by its framing, and so to be treated"),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"Content-Length: 20\r\n",
                    b"\r\n",
                    b"hello, how are you? ",
                ),
            ],
            expect=[
                MustNot("the fragment is used as if it were an answer",
                        Not(Either(ClientSees(b"hello, how are you? "), Not(Answers(200)), Not(Complete()))),
                        RFC(9111, "3.3"), "an incomplete response is not to be used unless it has been made complete"),
                Question("Does the cache know that it has nothing?", CacheSays("fwd=uri-miss")),
            ],
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    needs={"cache"},
)
