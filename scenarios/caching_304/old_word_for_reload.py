"""The old word for it.

Before there was Cache-Control, a client that wanted to get past the copies wrote Pragma: no-cache. Some programs still
do. The gateway has a fresh copy, and the report has changed since. The old word is still understood in many places,
although no standard asks for it any more. Here, too?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="Pragma is a word of the last century: who wants to be understood says Cache-Control.",
    guess="The copy, or the new report?",
    acts=[
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
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b"Pragma: no-cache\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[
                Follows("the client gets one of the two", Either(ClientSees(b"hello"), ClientSees(b"goodbye")),
                        [RFC(9111, "5.4"), RFC(9111, "4")], "the copy is fresh, and the word is deprecated"),
                Question("Is the old word understood?", ClientSees(b"goodbye")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
