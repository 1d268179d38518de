"""The 304 says that the copy has 99 bytes.

The gateway's copy has five bytes, and is stale. It asks whether the copy still holds. The upstream says 304, and a
length: 99, which is wrong. Nothing follows, as is right for a 304. What a 304 says goes into the copy's header section,
but this field is excepted. If the gateway forgets the exception, what does its next client wait for?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",   # good for a minute
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
NOT_MODIFIED = Send(
    b"HTTP/1.1 304 Not Modified\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60\r\n",
    b"\r\n",
)
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}

def answer(request):
    """What an upstream says that is in order."""
    return NOT_MODIFIED if b'"v1"' in (request.get(b"if-none-match") or b"") else OK


def well():
    request = yield ReceiveRequest()
    yield answer(request)


scenario = Scenario(
    lesson="A 304 brings what is said of a copy up to date, and not its length: that is known from the copy itself.",
    guess="How many bytes does the client wait for?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=well,
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 304 Not Modified\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Length: 99\r\n",   # it has five
                    b"\r\n",
                    wrong="a length that is not the copy's",
                    right=NOT_MODIFIED,
                ),
            ],
            clock=100,
            expect=[
                Follows("the answer is complete", Complete(), [RFC(9112, "6.3(1)"), RFC(9111, "3.2")],
                        "a 304 ends with its header section, and its length does not become that of the copy"),
                Question("Does a client hear of 99 bytes?", HasField(b"Content-Length: 99")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=well,
            clock=110,
            expect=[
                Must("the copy has its own length still", Not(HasField(b"Content-Length: 99")), RFC(9111, "3.2"),
                     "Content-Length is excepted from what a 304 brings up to date"),
                Follows("the client gets the report, complete, or hears of an error",
                        Got("stored", "relayed", "reported"), RFC(9110, "3.7"),
                        "there is a good copy, and an upstream that is well"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="B6",
    level=2,
    needs=["cache", "clock"],
    unseen="the length in a 304 is a statement about the copy, and only who has the copy can tell that it is false",
)
