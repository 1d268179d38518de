"""Expires: 0.

The upstream writes Expires: 0. That is no date. It also sends the date of the last change, years ago, from which a
cache may guess how long a report will stay as it is, if it is told nothing. Was it told nothing? A moment later the
report is another.
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="An Expires that is no date means: expired already. And where something was said, nobody may guess.",
    guess="Is the copy used a moment later?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Last-Modified: Fri, 01 Nov 2024 12:00:00 GMT\r\n",
                    b"Expires: 0\r\n",                # no date, and yet an answer
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Last-Modified: Sat, 02 Nov 2024 12:00:00 GMT\r\n",
                    b"Expires: 0\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[
                MustNot("the copy is used", MadeBy("store"), [RFC(9111, "5.3"), RFC(9111, "4.2.2"), RFC(9111, "4")],
                        "what is no date is a time in the past, and rules out every guess"),
                Follows("the client gets the new report", ClientSees(b"goodbye"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
