"""Five at the same moment.

A report has just come out, and five clients want it at the same moment. The gateway has no copy yet. It can ask five
times. Or it asks once, lets the others wait, and gives the one answer to all of them. Nobody has forbidden that this
answer is kept. How many questions reach the upstream?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """Its report may be kept by everybody."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    )


scenario = Scenario(
    lesson="Those who ask for the same at the same time can share one answer, if it is one that may be shared.",
    guess="How often is the upstream asked?",
    client=Together(Get("/report"), Get("/report"), Get("/report"), Get("/report"), Get("/report")),
    upstream=origin,
    reports=[],
    level=2,
    needs={"cache"},
    expect=[
        Follows("each client gets the report", ClientSees(b"hello"), [RFC(9111, "4"), RFC(9110, "3.7")],
                "from one answer, or each from its own"),
        Question("Is the upstream asked once?", Asked(1)),
        Question("Does the cache say so to each of them, also to the first?", CacheSays("collapsed")),
    ],
)
