"""Which errors count?

A copy may be used in place of an error. The upstream answers, and each time with another number: four of them are named
in the permission's own definition, 501 is of their kind and is not named, and 404 is of another kind. An upstream that
says 404 is well, and says something new. Which of them may be hidden behind the old report?
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
HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")
NAMED = [Question("Is the copy used in place of it?", Got("stale"))]
UNNAMED = [Question("Is the copy used, though this error is not named?", Got("stale"))]
NEWS = [
    Must("the client gets the answer, not the copy", Got("relayed"), RFC(9111, "4.3.3"),
         "a full answer that is no server error has to be used"),
]


def story(error):
    status_line, expected = error
    return [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), OK],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    status_line,
                    NONCE,
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"sorry",
                    watch="no report, but a proper answer",
                ),
            ],
            clock=100,
            expect=[*expected, HONEST],
        ),
    ]


scenario = Scenario(
    lesson="Ask of every permission which errors it means: a 404 is an answer, and has to come through.",
    guess="Behind which of these numbers does the old report appear?",
    vary={
        "500": (b"HTTP/1.1 500 Internal Server Error\r\n", NAMED),
        "502": (b"HTTP/1.1 502 Bad Gateway\r\n", NAMED),
        "503": (b"HTTP/1.1 503 Service Unavailable\r\n", NAMED),
        "504": (b"HTTP/1.1 504 Gateway Timeout\r\n", NAMED),
        "501": (b"HTTP/1.1 501 Not Implemented\r\n", UNNAMED),
        "404": (b"HTTP/1.1 404 Not Found\r\n", NEWS),
    },
    acts=story,
    reports=[],
    cause="B11",
    level=2,
    needs=["cache", "clock"],
)
