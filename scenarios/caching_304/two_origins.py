"""Allowed for one, and for the other?

A page at one.test fetches data. The upstream allows that with a line which names the page, and adds that this depended
on Origin. The gateway keeps a copy. Then a page at two.test fetches the same data. If it gets the copy, the line names
the wrong page, and its browser refuses the data. The reason is hard to find. What has to be said to whom?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It allows each page by its name, and says what that depended on."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v1"\r\n',
        b"Cache-Control: max-age=60\r\n",
        b"Access-Control-Allow-Origin: ", request.get(b"origin") or b"null", b"\r\n",
        b"Vary: Origin\r\n",                        # without this line a copy would do for all
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="Where an answer names who may use it, Vary: Origin has to come with it, or the wrong one is named.",
    guess="Which page is named in the second answer?",
    acts=[
        Act(
            client=Get("/data", b"Origin: http://one.test\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/data", b"Origin: http://two.test\r\n"),
            expect=[
                MustNot("the permission of another is given", HasField(b"Access-Control-Allow-Origin: http://one.test"),
                        [RFC(9111, "4.1"), RFC(9110, "12.5.5")], "the two requests differ in what Vary names"),
                Follows("the client gets its own", HasField(b"Access-Control-Allow-Origin: http://two.test"),
                        RFC(9110, "3.7"), "the upstream has sent it in answer to this request"),
            ],
        ),
        Act(
            client=Get("/data", b"Origin: http://one.test\r\n", b'If-None-Match: "v1"\r\n'),
            expect=[
                Must("a 304 says what it depended on", Either(Not(Answers(304)), HasField(b"Vary: Origin")),
                     RFC(9110, "15.4.5"), "a 200 would have said it"),
                MustNot("the permission of another comes with it",
                        HasField(b"Access-Control-Allow-Origin: http://two.test"),
                        [RFC(9111, "4.1"), RFC(9110, "12.5.5")]),
                Follows("the client is told that its copy is good, or gets the data",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
            ],
        ),
    ],
    reports=[],
    cause="B10",
    level=2,
    needs={"cache"},
)
