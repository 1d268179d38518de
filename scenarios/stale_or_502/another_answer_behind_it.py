"""Another answer comes right behind the 304.

The gateway asks one question. The upstream says 304, and in the same breath sends a second answer that nobody asked
for: a 200, complete, with a content of its own. It may be meant for another request, or be a trick. The next client
asks for something else. Whose answer does it get?
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
    lesson="One question, one answer: a second one is for nobody, and must never meet the next question.",
    guess="Does anybody get the second answer?",
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
                NOT_MODIFIED,
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    b"Cache-Control: max-age=600\r\n",
                    b"Content-Length: 6\r\n",
                    b"\r\n",
                    b"poison",
                    wrong="an answer that nobody has asked for",
                ),
            ],
            clock=100,
            expect=[
                MustNot("the second answer reaches the client", ClientSees(b"poison"), RFC(9112, "6.3"),
                        "extra data after the answer is not to be processed as another one"),
                Question("Does the 304 count all the same?", Got("stored", "relayed")),
            ],
        ),
        Act(
            client=Get("/other"),
            upstream=[
                ReceiveRequest(),
                Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 5\r\n", b"\r\n", b"other"),
            ],
            clock=101,
            expect=[
                MustNot("the second answer is given to the next request", ClientSees(b"poison"),
                        [RFC(9112, "6.3"), RFC(9112, "9.2")], "it came when no request was waiting for it"),
                Follows("the next request gets its own answer, or an error",
                        Either(ClientSees(b"other"), Got("reported")), RFC(9112, "9.2"),
                        "an answer is for the request that it was sent in answer to"),
            ],
        ),
    ],
    reports=["http_protocol_error"],
    cause="A22",
    level=2,
    needs=["cache", "clock"],
)
