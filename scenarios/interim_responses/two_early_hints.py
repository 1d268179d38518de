"""Two hints come before the answer.

The upstream gives a hint, then another one, then the answer, and all three arrive together. Two are interim, one is
final. A gateway that was written with one hint in mind takes whatever comes second for the answer. Then the client gets
a 103 as its last word, and the real answer lies on the upstream connection, where the next one should begin. Who is to
blame for what follows?
"""

from lab import *

scenario = Scenario(
    lesson="Do not count responses, look at them: what begins with 1 is interim, however many have come before.",
    guess="What does the client take for its answer: the first, the second, or the third?",
    client=Get("/page"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Link: </style.css>; rel=preload; as=style\r\n",
            b"\r\n",
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Link: </script.js>; rel=preload; as=script\r\n",
            b"\r\n",
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="the second 103 is interim as well",
        ),
    ],
    reports=[],
    cause="A23",
    level=2,
    needs=["interim"],
    expect=[
        Must("the third response is the answer", Got("relayed"), RFC(9110, "15.2"),
             "a client MUST be able to parse one or more 1xx responses, and here the gateway is the client"),
        Fitting("both hints are passed on", Not(Either(Not(ClientSees(b"/style.css")), Not(ClientSees(b"/script.js")))),
                [RFC(9110, "15.2"), RFC(8297, "2")], "a proxy MUST forward them; a server may send more than one"),
        Question("Does any hint arrive?", ClientSees(b"HTTP/1.1 103")),
    ],
)
