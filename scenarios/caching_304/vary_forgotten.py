"""Allowed for the wrong one.

A page at one.test fetches data, and the upstream allows it with a line that names the page. It forgets to say that this
depended on Origin. So the gateway has a copy that seems to be for everybody. A page at two.test fetches the same data
and gets it, with a permission for one.test. Its browser throws the data away. Whose mistake is it, and who is blamed?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It allows each page by its name, and does not say what that depended on."""
    request = yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Access-Control-Allow-Origin: ", request.get(b"origin") or b"null", b"\r\n",
        b"Content-Length: 5\r\n",                   # and no Vary
        b"\r\n",
        b"hello",
        watch="it depends on Origin, and does not say so",
    )


scenario = Scenario(
    lesson="A cache believes what an answer says. Where Vary is forgotten, it does harm, and keeps all the rules.",
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
                Follows("the client gets the data", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "3.7")],
                        "from the copy, which nothing reserves for others, or from the upstream"),
                Question("Is the permission for the other page?",
                         HasField(b"Access-Control-Allow-Origin: http://one.test")),
            ],
        ),
    ],
    reports=[],
    cause="B10",
    level=2,
    needs={"cache"},
)
