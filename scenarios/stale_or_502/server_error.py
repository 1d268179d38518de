"""The upstream says 500.

The gateway has a copy of a report, and a minute later asks whether it still holds. Something in the upstream goes
wrong, and it says so: 500, in a proper answer, with a line of apology. The gateway has understood it all. It can pass
the apology on, or act as if nobody had answered. On what does that depend?
"""

from lab import *
from lab.expect import CacheSays

HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")

FORBIDDEN = [
    MustNot("the copy is used without validation", MadeBy("store"), [RFC(9111, "5.2.2.2"), RFC(9111, "4.2.4")],
            "must-revalidate: not once it is stale"),
]
ALLOWED = [Question("Is the copy used in place of the error?", Got("stale"))]
UNSAID = [Question("Is the copy used, though nobody has allowed it?", Got("stale"))]


def story(copy):
    directives, expected = copy
    return [
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    directives,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 500 Internal Server Error\r\n",
                    NONCE,
                    b"Content-Type: text/plain\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"sorry",
                    watch="an error, in a proper answer",
                ),
            ],
            clock=100,
            expect=[
                *expected,
                HONEST,
                Follows("the client gets the error, or the copy", Not(Got("cut-short", "hung", "no-answer")),
                        RFC(9111, "4.3.3"), "there is one to pass on"),
            ],
        ),
    ]


scenario = Scenario(
    lesson="A 500 can be passed on, or hidden behind a copy: what may be done is written on the copy.",
    guess="Which of the three copies comes to light?",
    vary={
        "must-revalidate": (b"Cache-Control: max-age=60, must-revalidate\r\n", FORBIDDEN),
        "no permission": (b"Cache-Control: max-age=60\r\n", UNSAID),
        "stale-if-error": (b"Cache-Control: max-age=60, stale-if-error=600\r\n", ALLOWED),
    },
    acts=story,
    reports=[],
    cause="B11",
    level=1,
    needs=["cache", "clock"],
)
