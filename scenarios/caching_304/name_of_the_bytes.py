"""The name on the way to the client.

An upstream sends a page with a strong name, "v1", and the client could take it compressed. A gateway may compress it on
the way, to save bytes. Then these are no longer the bytes of "v1". If it drops the name, the client can ask for nothing
by it. If it keeps the name, the name lies. Does the name arrive, and is it true?
"""

from lab import *


def origin():
    """Its page is "v1", and it sends it as it is."""
    request = yield ReceiveRequest()
    if b'"v1' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: no-cache\r\n",
            b"\r\n",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: no-cache\r\n",
            b"Content-Type: text/plain\r\n",
            b"Content-Length: 81\r\n",
            b"\r\n",
            b"all work and no play " * 3,
            b"all work and stop\n",
        )


scenario = Scenario(
    lesson="A strong ETag is a promise about each byte: whoever changes the bytes needs another name, or a weak one.",
    guess="Does the second answer get a 304?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n"),
            upstream=origin,
            expect=[
                Follows("a strong name stands over the bytes that it was given to",
                        Either(ClientSees(b"all work and stop\n"), Not(HasField(b'ETag: "v1"'))),
                        [RFC(9110, "8.8.1"), RFC(9110, "8.8.3.3")], "compressed, they are others"),
                Question("Does the name arrive as it was sent?", HasField(b'ETag: "v1"')),
            ],
        ),
        Act(
            client=Get("/page", b"Accept-Encoding: gzip\r\n", b'If-None-Match: "v1"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets the page",
                        Either(Answers(304), ClientSees(b"all work and stop\n"), HasField(b"Content-Encoding")),
                        [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")], "nothing has changed"),
                Question("Is the upstream asked by the name?", UpstreamSees(b'"v1')),
                Question("Is it a 304?", Answers(304)),
            ],
        ),
    ],
    reports=[],
    cause="B1",
    level=2,
)
