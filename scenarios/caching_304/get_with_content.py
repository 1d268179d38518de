"""A question with something attached.

The gateway has a fresh copy of a list. Then a client asks for the same list with GET, and attaches content to its
request: a filter, it thinks. No standard says what that means, but this upstream looks at it. The address is the same.
A cache that looks at the address alone would give the copy. Is it the same question?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="What is attached to a GET is in no key: do not put a question there, or a copy may answer another one.",
    guess="The whole list, or the filtered one?",
    acts=[
        Act(
            client=Get("/list"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 3\r\n",
                    b"\r\n",
                    b"all",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/list", content=b"only blue ones"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 4\r\n",
                    b"\r\n",
                    b"blue",
                ),
            ],
            expect=[
                Follows("the client gets one of the two, or is told that this is no way to ask",
                        Either(ClientSees(b"all"), ClientSees(b"blue"), Got("blamed-client")),
                        [RFC(9110, "9.3.1"), RFC(9111, "4")],
                        "content in a GET has no meaning that others know, and may lead to a refusal"),
                Question("Is the upstream asked?", Asked(1)),
                Question("Does the cache say that it keeps out of this?", CacheSays("fwd=bypass")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
