"""A word for a few caches only.

The upstream says to everybody: good for an hour. To the caches of content networks it says something else, in a field
of their own: CDN-Cache-Control, ten seconds. This gateway has been told that it is one of them. Half a minute later the
report is another. To whom does the gateway listen?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A field addressed to a kind of cache replaces Cache-Control and Expires for it, and for nobody else.",
    guess="Is the copy used after half a minute?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"CDN-Cache-Control: max-age=10\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("For ten seconds?", CacheSays("ttl=10")),
                Question("Does the word for a few go on to the next?", HasField(b"CDN-Cache-Control")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"CDN-Cache-Control: max-age=10\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=30,
            expect=[
                MustNot("the copy is used", MadeBy("store"), [RFC(9213, "2.2"), RFC(9111, "4")],
                        "the field on its list determines the lifetime, and Cache-Control is to be ignored"),
                Follows("the client gets the new report", ClientSees(b"goodbye"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    level=3,
    needs={"cache", "clock", "targeted"},
)
