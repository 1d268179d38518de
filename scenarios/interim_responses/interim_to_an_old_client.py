"""The client is too old for hints.

The client speaks HTTP/1.0. That version has no interim responses: the first status line is the answer, and nothing else
can be. The gateway asks in HTTP/1.1, so its upstream may well send a hint. If it reaches the client, the client has an
answer without content, and a page that begins with "HTTP/1.1 200 OK". Who has to look after this?
"""

from lab import *

scenario = Scenario(
    lesson="What an upstream may say to the gateway, the gateway may not always repeat: its client may be older.",
    guess="How many status lines does the old client get?",
    client=Get("/page", version="1.0"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Link: </style.css>; rel=preload; as=style\r\n",
            b"\r\n",
            watch="right for the gateway, not for the client behind it",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    cause="A23",
    level=2,
    needs=["interim"],
    expect=[
        MustNot("the old client is sent the 103", ClientSees(b" 103 "), RFC(9110, "15.2"),
                "a server MUST NOT send a 1xx response to an HTTP/1.0 client"),
        Must("the answer behind it is found", Got("relayed"), RFC(9110, "15.2"),
             "a client MUST be able to parse a 1xx before the final response, and here the gateway is the client"),
    ],
)
