"""A 304 that speaks of no bytes.

The gateway asks whether its copy of a report is still good. The upstream says 304 and adds Content-Length: 0, because
no content follows. But in a 304 that field speaks of the report, and that has five bytes. The fields of a 304 are
written over those of the copy. This one, too?
"""

from lab import *
from lab.expect import CacheSays


def confused():
    """Its report is "v1", and stays so."""
    request = yield ReceiveRequest()
    if request.get(b"if-none-match") == b'"v1"':
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE,
            b'ETag: "v1"\r\n',
            b"Cache-Control: max-age=60\r\n",
            b"Content-Length: 0\r\n",             # of what?
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
            b"hello",
        )


scenario = Scenario(
    lesson="The length of a copy is that of its content, whatever a 304 says: this field is not written over.",
    guess="How many bytes does the client get?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=confused,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            clock=120,
            expect=[
                Follows("the client gets all of the report", ClientSees(b"hello"),
                        [RFC(9111, "4.3.4"), RFC(9110, "15.4.5")], "it has not changed, and it has five bytes"),
                MustNot("the copy is given the length of the 304", HasField(b"Content-Length: 0"),
                        [RFC(9111, "3.2"), RFC(9110, "8.6")], "it is excepted from what a 304 brings up to date"),
                Question("Does it come from the store?", MadeBy("store")),
            ],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            clock=130,
            expect=[
                Must("what the store says has no false length", Either(Not(MadeBy("store")),
                     Not(HasField(b"Content-Length: 0"))), RFC(9110, "8.6"),
                     "it is how long the content of a 200 would be, and the store knows"),
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
            ],
        ),
    ],
    reports=[],
    cause="B6",
    level=2,
    needs={"cache", "clock"},
)
