"""Ten minutes for some, ten seconds for others.

The upstream says twice how long its report is good for: max-age, ten minutes, for everybody, and s-maxage, ten seconds,
for stores that serve many. The gateway's is one of those. Half a minute later the report is another. Which of the two
numbers counts here?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="In a shared cache s-maxage beats max-age, and what is past it must be asked for.",
    guess="Is the copy still used after half a minute?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=600, s-maxage=10\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[
                Question("Does the cache keep a copy?", CacheSays("stored")),
                Question("For ten seconds?", CacheSays("ttl=10")),
            ],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=600, s-maxage=10\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=30,
            expect=[
                MustNot("the copy is used", MadeBy("store"), [RFC(9111, "5.2.2.10"), RFC(9111, "4.2.1")],
                        "for a shared cache s-maxage counts, and past it nothing is to be used without asking"),
                Follows("the client gets the new report", ClientSees(b"goodbye"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
