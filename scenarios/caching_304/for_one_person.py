"""An answer for one person alone.

Ann asks for her page, and the upstream greets her. It adds private: her own browser may keep this, a store that serves
many people may not. Then Bob asks for the same address. The upstream would greet Bob. Does a gateway know that the two
of them are not the same?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A gateway cannot see whose answer it is. private tells it to keep its hands off.",
    guess="Whose name does Bob see?",
    acts=[
        Act(
            client=Get("/me", b"Cookie: who=ann\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: private, max-age=60\r\n",   # for a minute, in her own browser
                    b"Content-Length: 9\r\n",
                    b"\r\n",
                    b"hello Ann",
                ),
            ],
            expect=[MustNot("it is stored", CacheSays("stored"), [RFC(9111, "5.2.2.7"), RFC(9111, "3")],
                            "a gateway serves many, so its store is a shared one")],
        ),
        Act(
            client=Get("/me", b"Cookie: who=bob\r\n"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: private, max-age=60\r\n",
                    b"Content-Length: 9\r\n",
                    b"\r\n",
                    b"hello Bob",
                ),
            ],
            expect=[
                MustNot("Bob gets Ann's page", ClientSees(b"Ann"), RFC(9111, "5.2.2.7")),
                Follows("Bob gets his own", ClientSees(b"hello Bob"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to his request"),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
