"""A hint comes before the answer.

The client asks for a page. The upstream does not have it yet, but knows already that the page will need a style sheet,
and says so at once: 103, with a field Link. This is not the answer. It is an interim response, and the answer comes
later, on the same connection. The upstream even waits with it until the client has the hint. Does the hint travel
alone?
"""

from lab import *

scenario = Scenario(
    lesson="A status from 100 to 199 is news about an answer, not the answer: whoever reads it has to read on.",
    guess="How many status lines does the client see?",
    client=Get("/page"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",                    # interim: the first digit is 1
            b"Link: </style.css>; rel=preload; as=style\r\n",   # the client may fetch this meanwhile
            b"\r\n",                                            # an interim response ends here, without content
            watch="a response after which another one follows",
        ),
        Until(ClientSees(b"HTTP/1.1 103")),
        Send(
            b"HTTP/1.1 200 OK\r\n",                             # final: this is the answer
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    level=1,
    needs=["interim"],
    expect=[
        Must("the answer behind the hint is found", Got("relayed"), RFC(9110, "15.2"),
             "a client MUST be able to parse a 1xx before the final response, and here the gateway is the client"),
        Fitting("the hint is passed on", ClientSees(b"HTTP/1.1 103"), RFC(9110, "15.2"),
                "a proxy MUST forward it, and the hint is meant for whoever will show the page"),
        Question("Does the Link come with it?", ClientSees(b"/style.css")),
    ],
)
