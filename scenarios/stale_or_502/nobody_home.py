"""Nobody is at home any more.

The upstream's program has crashed, and its machine turns away every attempt to connect. The gateway has a copy of the
report, a minute too old. It is cut off from the origin: the standard calls such a cache disconnected, and lets it use
what is stale, unless the copy itself forbids it. When is an old report better than none?
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
            upstream=Refuse(
                wrong="nobody listens at this address any more",
                right=[
                    ReceiveRequest(),
                    Send(
                        b"HTTP/1.1 200 OK\r\n",
                        NONCE,
                        b'ETag: "v2"\r\n',
                        b"Content-Length: 7\r\n",
                        b"\r\n",
                        b"goodbye",
                    ),
                ],
            ),
            clock=100,
            expect=[
                *expected,
                HONEST,
                Question("Is it a 502, although there is a copy?", Answers(502)),
                Question("Is it a 504?", Answers(504)),
            ],
        ),
    ]


scenario = Scenario(
    lesson="Cut off from the origin, a stale copy may be used, unless it says itself that it must not.",
    guess="For which of the three copies does the client see an error?",
    vary={
        "must-revalidate": (b"Cache-Control: max-age=60, must-revalidate\r\n", FORBIDDEN),
        "no permission": (b"Cache-Control: max-age=60\r\n", UNSAID),
        "stale-if-error": (b"Cache-Control: max-age=60, stale-if-error=600\r\n", ALLOWED),
    },
    acts=story,
    reports=["connection_refused"],
    cause="A2",
    level=1,
    needs=["cache", "clock"],
)
