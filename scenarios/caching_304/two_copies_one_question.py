"""Two copies, one question.

The gateway has copies of a page in German and in French. A third client wants it in Italian. None of the two may be
used for that, but one of them may still be what the upstream would send. So the gateway can ask with both names at
once. The upstream has no Italian, and says 304: take the French one. What does the client get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It has the page in German, and in French for everybody else."""
    request = yield ReceiveRequest()
    german = request.get(b"accept-language") == b"de"
    if not german and b'"fr-1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "fr-1"\r\n',                # the copy that will do
            b"Cache-Control: max-age=60\r\n",
            b"Vary: Accept-Language\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "de-1"\r\n' if german else b'ETag: "fr-1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Vary: Accept-Language\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"Hallo" if german else b"Salut",
        )


scenario = Scenario(
    lesson="One question can name all the copies there are, and the 304 says which of them to use.",
    guess="How many names will be in the third question?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Language: de\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Language: fr\r\n"),
            expect=[Question("Does the cache keep another?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Language: it\r\n"),
            expect=[
                MustNot("a copy is used unasked", Asked(0), RFC(9111, "4.1"),
                        "none of them was asked for in Italian"),
                MustNot("the client gets the German page", ClientSees(b"Hallo"),
                        [RFC(9111, "4.1"), RFC(9110, "12.5.5")], "nobody has chosen it for this client"),
                Follows("the client gets the French page", ClientSees(b"Salut"), [RFC(9111, "4.1"), RFC(9111, "4.3.1")],
                        "the upstream has chosen it, in a 304 or in full"),
                Question("Was it asked about the German copy?", UpstreamSees(b'"de-1"')),
                Question("Was it asked about the French copy?", UpstreamSees(b'"fr-1"')),
                Question("Is it the gateway's copy?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache"},
)
