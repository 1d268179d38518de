"""An error that nobody has to keep.

The upstream is a gateway itself, and what is behind it has failed: it answers 502, and says nothing of caching. A
moment later everything is well again. The 502 of before was an answer, too. If somebody keeps it, the failure goes on
when it is over. What does the next client get?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A 502 that says nothing of caching is for the one who asked: whoever keeps it makes the failure last.",
    guess="A 502, or the report?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 502 Bad Gateway\r\n",
                    NONCE,
                    b"Content-Length: 6\r\n",
                    b"\r\n",
                    b"sorry\n",
                    watch="an error, and no word of how long it will last",
                ),
            ],
            expect=[
                Follows("the client gets the upstream's 502", Got("relayed"), RFC(9110, "3.7"),
                        "it is complete, and it is the answer"),
                MustNot("it is stored", CacheSays("stored"), [RFC(9111, "3"), RFC(9110, "15.1")],
                        "nothing in it allows that, and of 502 nobody may guess a lifetime"),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                MustNot("the 502 is used again", ClientSees(b"sorry"), [RFC(9111, "3"), RFC(9110, "15.1")],
                        "it must not have been stored"),
                Follows("the client gets the report", ClientSees(b"hello"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    cause="B13",
    level=2,
    needs={"cache"},
)
