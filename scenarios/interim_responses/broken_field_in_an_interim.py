"""A field line of an interim response is broken.

The hint has a field line without a colon. The answer behind it has no fault at all. Nobody needs the hint; it could be
left out, and all would be well. But it was read from the same connection, by the same rules, and whoever does not
understand one response cannot be sure where the next begins. Is the answer lost with the hint?
"""

from lab import *

scenario = Scenario(
    lesson="An interim response is read by the same rules as any other: its faults are faults of the connection.",
    guess="A good answer behind a bad hint: 200 or 502?",
    client=Get("/page"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 103 Early Hints\r\n"),
        Send(
            b"Link </style.css>\r\n",
            wrong="the colon is missing",
            right=Send(b"Link: </style.css>\r\n"),
        ),
        Send(
            b"\r\n",
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=3,
    needs=["interim"],
    expect=[
        Follows("the broken line goes no further", Not(ClientSees(b"\r\nLink </style.css>\r\n")),
                [RFC(9110, "2.2"), RFC(9112, "5")], "a sender does not generate what does not match the grammar"),
        Follows("the client gets the answer, or an error", Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "2.1"), RFC(9110, "15")], "the final response is the answer, or there is none"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is the hint left out, and the answer passed on?", Got("relayed", "repaired")),
    ],
)
