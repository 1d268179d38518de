"""The answer to a HEAD confirms the copy.

The gateway has a copy of a report that has grown old. A client asks with HEAD, the gateway asks the upstream, and the
answer has the same name and the same length as the copy. Nobody has sent a 304, and yet it is known now that the copy
is good. Is the next reader served from it?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"" if request.method == b"HEAD" else b"hello",
        )


scenario = Scenario(
    lesson="Same name, same length: a HEAD can make a copy fresh again, as a 304 does.",
    guess="How many of the three requests reach the upstream?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("HEAD", "/report"),
            clock=120,
            expect=[
                Follows("the client gets the fields of the report", HasField(b'ETag: "v1"'),
                        [RFC(9110, "9.3.2"), RFC(9110, "3.7")], "a HEAD is answered as a GET would be"),
                Must("no content comes", Not(ClientSees(b"hello")), RFC(9110, "9.3.2")),
            ],
        ),
        Act(
            client=Get("/report"),
            clock=130,
            expect=[
                Follows("the client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9111, "4.3.5")],
                        "it has not changed"),
                Question("Has the HEAD made the copy fresh, so that nobody need be asked?", Asked(0)),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache", "clock"},
)
