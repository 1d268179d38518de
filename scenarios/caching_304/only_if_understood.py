"""Only for those who know what it means.

The upstream sends an answer that may be kept for a minute, but only by those who know its status code: must-understand.
Beside it stands no-store, for caches that have never heard of that word. Once the code is 200, which everybody knows.
Once it is 299, which nobody does. Which of the two may be kept?
"""

from lab import *
from lab.expect import CacheSays


def twice(status_line):
    def first():
        yield ReceiveRequest()
        yield Send(
            status_line,
            NONCE,
            b"Cache-Control: max-age=60, must-understand, no-store\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )

    known = status_line.startswith(b"HTTP/1.1 200 ")
    return [
        Act(
            client=Get("/report"),
            upstream=first,
            expect=[
                Follows("the client gets the upstream's answer", Got("relayed"), [RFC(9110, "3.7"), RFC(9110, "15")],
                        "whoever keeps it or not, it is the answer"),
                Question("Does the cache keep a copy?", CacheSays("stored")),
            ],
        ),
        Act(
            client=Get("/report"),
            expect=[
                Follows("the client gets the answer", ClientSees(b"hello"), [RFC(9111, "5.2.2.3"), RFC(9110, "3.7")],
                        "from a copy or from the upstream"),
                Question("Is it a copy?", MadeBy("store")) if known else
                MustNot("it is a copy", MadeBy("store"), [RFC(9111, "5.2.2.3"), RFC(9111, "3"), RFC(9111, "5.2.2.5")],
                        "nobody knows what a 299 asks of a cache, so no-store holds"),
            ],
        ),
    ]


scenario = Scenario(
    lesson="must-understand makes no-store conditional: whoever knows the status code may keep it, and nobody else.",
    guess="Which of the two is answered from the store?",
    vary={"a code that is known": b"HTTP/1.1 200 OK\r\n", "a code that is not": b"HTTP/1.1 299 New\r\n"},
    acts=twice,
    reports=[],
    level=3,
    needs={"cache"},
)
