"""A thousand interim responses.

The upstream is caught in a loop: 102, still working, 102, still working. A thousand of them come at once, and there is
no reason why they should ever stop. Every single one is in order, no wait is long, no size is large. And yet a gateway
that only looks at one response at a time will read for ever. What does it have to count?
"""

from lab import *

scenario = Scenario(
    lesson="What may be repeated without a limit needs one at the recipient: count the interim responses.",
    guess="Does the gateway stop reading, and what does it say then?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 102 Processing\r\n\r\n" * 1_000, wrong="a thousand interim responses before the answer"),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    unseen="no standard sets a limit: whether these are too many is for each recipient to say",
    level=3,
    needs=["interim"],
    expect=[
        Follows("no answer is made up", Not(Got("disguised", "own", "blamed-client")),
                [RFC(9110, "15"), RFC(9112, "9.2")], "an interim response is not the answer, the first or the last"),
        Fitting("whoever gives up says 502", Either(ClientSees(b"HTTP/1.1 200"), Got("cut-short"), Answers(502)),
                RFC(9110, "15.6.3")),
        Question("Does the gateway give up?", Not(ClientSees(b"HTTP/1.1 200"))),
    ],
)
