"""The 504 was waited for elsewhere.

Behind this gateway there is another one. It has waited for its own upstream, in vain, and now says so: 504. To this
gateway that is a prompt and proper answer: here there was nothing to wait for. The copy in its store may be used in
place of an error. A 504 of its own would mean something else. Does it make a difference to the client?
"""

from lab import *
from lab.expect import CacheSays

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE,
    b'ETag: "v1"\r\n',
    b"Cache-Control: max-age=60, stale-if-error=600\r\n",   # good for a minute; in place of an error, ten more
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)
ASKERS = {"a plain client": (), "a client with a copy": (b'If-None-Match: "v1"\r\n',)}

scenario = Scenario(
    lesson="A 504 says that somebody has waited: look at who made it before you look for what was slow.",
    guess="A 200, a 304 or a 504, and how long does it take?",
    vary=ASKERS,
    acts=lambda lines: [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", *lines),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 504 Gateway Timeout\r\n",
                    NONCE,
                    b"Via: 1.1 other\r\n",   # another gateway has been at it
                    b"Content-Length: 8\r\n",
                    b"\r\n",
                    b"too long",
                    watch="an error that another gateway has met",
                ),
            ],
            clock=100,
            expect=[
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order"),
                Question("Is the client spared the error?", Got("stale")),
                Question("Is a copy called good that nobody has confirmed?", Answers(304)),
                Question("If there is a 504, is it the other gateway's?", Got("relayed")),
            ],
        ),
    ],
    reports=[],
    cause="B11",
    level=3,
    needs=["cache", "clock"],
)
