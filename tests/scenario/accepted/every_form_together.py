# peers, connections, acts, a clock, a barrier and requests side by side
"""A title.

A story.
"""

from lab import *

OK = Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 2\r\n", b"\r\n", b"ok")

scenario = Scenario(
    lesson="One sentence.",
    guess="Which status?",
    reports=[],
    needs=["several-upstreams", "reuse", "clock"],
    acts=[
        Act(
            client=Together(Get("/a"), [Send(Get("/b").wire()), Stall()]),
            upstream=Upstreams(
                Connections([ReceiveRequest(), OK], otherwise=[ReceiveRequest(), OK]),
                Refuse(),
            ),
            expect=[Question("Is it a 502?", Answers(502))],
        ),
        Act(client=Get("/c"), clock=60, reuse=True, until=UpstreamSees(b"/c")),
    ],
)
