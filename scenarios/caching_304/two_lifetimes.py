"""A number against a date.

The upstream says how long its report is good for in two ways: max-age, ten seconds, and Expires, the end of 2049. The
date is the older way and was left there years ago. Half a minute later the report is another. Which of the two counts?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="max-age beats Expires, always: the date is for those who have never heard of max-age.",
    guess="Is the copy still used after half a minute?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=10\r\n",
                    b"Expires: Fri, 31 Dec 2049 23:59:59 GMT\r\n",
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
                    b"Cache-Control: max-age=10\r\n",
                    b"Expires: Fri, 31 Dec 2049 23:59:59 GMT\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            clock=30,
            expect=[
                MustNot("the copy is used", MadeBy("store"), [RFC(9111, "5.3"), RFC(9111, "4.2.1"), RFC(9111, "4")],
                        "where there is a max-age, Expires is to be ignored, and so the copy is stale"),
                Follows("the client gets the new report", ClientSees(b"goodbye"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache", "clock"},
)
