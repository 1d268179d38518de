"""A copy that allows it, and forbids it.

A copy may say that it can be used in place of an error, and in the same line that it must not be used without asking.
There are four ways to say the second, and they mean nearly the same for a gateway that serves many clients. The
upstream is gone. Two orders stand in one line: which of them counts?
"""

from lab import *
from lab.expect import CacheSays

HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")


def story(prohibition):
    directives, clause = prohibition
    return [
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: stale-if-error=600, " + directives + b"\r\n",
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
                    Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 7\r\n", b"\r\n", b"goodbye"),
                ],
            ),
            clock=100,
            expect=[
                MustNot("the copy is used without validation", MadeBy("store"), [RFC(9111, "4.2.4"), clause],
                        "a prohibition in the copy itself is not undone by a permission beside it"),
                HONEST,
                Question("Is it a 504?", Answers(504)),
            ],
        ),
    ]


scenario = Scenario(
    lesson="A prohibition beats a permission: stale-if-error beside must-revalidate or s-maxage allows nothing.",
    guess="Is there one of the four that lets the copy through?",
    vary={
        "no-cache": (b"no-cache", RFC(9111, "5.2.2.4")),
        "must-revalidate": (b"max-age=60, must-revalidate", RFC(9111, "5.2.2.2")),
        "proxy-revalidate": (b"max-age=60, proxy-revalidate", RFC(9111, "5.2.2.8")),
        "s-maxage": (b"s-maxage=60", RFC(9111, "5.2.2.10")),
    },
    acts=story,
    reports=["connection_refused"],
    cause="B14",
    level=2,
    needs=["cache", "clock"],
)
