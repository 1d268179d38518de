"""Do not write this down.

The upstream sends a password that is good for one use only, and adds no-store: nobody on the way may keep it. Right
after that another client asks for a password. There is a new one at the upstream. Which one does the second client get?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="no-store is the one word that keeps an answer out of a store.",
    guess="Will the upstream be asked twice?",
    acts=[
        Act(
            client=Get("/password"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60, no-store\r\n",   # however long it would be good for
                    b"Content-Length: 6\r\n",
                    b"\r\n",
                    b"sesame",
                ),
            ],
            expect=[
                Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                        "it may not be kept, and may be passed on"),
                MustNot("it is stored", CacheSays("stored"), [RFC(9111, "5.2.2.5"), RFC(9111, "3")]),
                Question("Does the cache say why it keeps nothing?", CacheSays("detail")),
            ],
        ),
        Act(
            client=Get("/password"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60, no-store\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"alibaba",
                ),
            ],
            expect=[
                MustNot("the first client's password is used again", ClientSees(b"sesame"), RFC(9111, "5.2.2.5"),
                        "it must not be stored, nor be used for anybody else"),
                Follows("the second client gets its own", ClientSees(b"alibaba"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
