"""An interim response is cut in the middle.

The upstream begins a hint, and in the middle of its field line the connection ends. Not even the interim response is
complete, and of the answer there is no byte. A gateway that passes on line by line has said too much already; one that
waits for the empty line has said nothing yet. What does the client get?
"""

from lab import *

scenario = Scenario(
    lesson="An interim response, too, is complete only with its empty line: half a hint is none.",
    guess="Does the client see a part of the hint?",
    client=Get("/page"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Link: </style.css>; rel=pre",     # and here it ends
        ),
        Close(
            wrong="the interim response has no end, and nothing comes after it",
            right=Send(
                b"load; as=style\r\n",
                b"\r\n",
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A4",
    level=3,
    needs=["interim"],
    expect=[
        Follows("half a hint is not made a whole one", Not(ClientSees(b"rel=pre\r\n")),
                [RFC(9112, "8"), RFC(9112, "2.1")], "without its empty line the header section is incomplete"),
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.18"), RFC(9110, "15.6.3")]),
    ],
)
