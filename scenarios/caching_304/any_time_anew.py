"""It depends on everything.

An upstream sends a page and says that the choice depended on a star. That may be the hour, the weather, or the address
of the client, and nothing that a gateway can see. It has a copy, fresh for a minute. The next request is the same to
the last byte. Is it the same request?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="Vary: * means that no two requests are alike: a copy never fits by itself, only the upstream can say so.",
    guess="Which weather does the second client get?",
    acts=[
        Act(
            client=Get("/weather"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "sun"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Vary: *\r\n",                   # nobody can see what the choice depended on
                    b"Content-Length: 8\r\n",
                    b"\r\n",
                    b"sunshine",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/weather"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "rain"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Vary: *\r\n",
                    b"Content-Length: 9\r\n",
                    b"\r\n",
                    b"showers!!",
                ),
            ],
            expect=[
                MustNot("the copy is used unasked", MadeBy("store"), [RFC(9111, "4.1"), RFC(9110, "12.5.5")],
                        "a star always fails to match"),
                Follows("the client gets the weather as it is", ClientSees(b"showers!!"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
                Question("Does the cache say why it had to ask?", Either(CacheSays("fwd=vary-miss"),
                         CacheSays("fwd=uri-miss"), CacheSays("fwd=miss"))),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
