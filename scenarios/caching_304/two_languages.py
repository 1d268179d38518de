"""Two languages at one address.

A client asks for a page in German and gets it in German. The upstream adds: this depended on Accept-Language. The
gateway keeps a copy. Then somebody asks for the same address in French. There is a fresh copy of exactly this address.
May it be used?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It has the page in German and in French."""
    request = yield ReceiveRequest()
    german = request.get(b"accept-language") == b"de"
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "de-1"\r\n' if german else b'ETag: "fr-1"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Vary: Accept-Language\r\n",               # the choice depended on this
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"Hallo" if german else b"Salut",
    )


scenario = Scenario(
    lesson="One address may have several answers. Vary says which fields of the request choose among them.",
    guess="In which language is the second page?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Language: de\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Language: fr\r\n"),
            expect=[
                MustNot("the German page is used", ClientSees(b"Hallo"), [RFC(9111, "4.1"), RFC(9110, "12.5.5")],
                        "the two requests differ in the field that Vary names"),
                Follows("the client gets the French one", ClientSees(b"Salut"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
                Question("Does the cache say why it had to ask?", CacheSays("fwd=vary-miss")),
            ],
        ),
        Act(
            client=Get("/page", b"Accept-Language: de\r\n"),
            expect=[
                MustNot("the French page is used", ClientSees(b"Salut"), [RFC(9111, "4.1"), RFC(9110, "12.5.5")]),
                Question("Are there two copies side by side now, one for each?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
