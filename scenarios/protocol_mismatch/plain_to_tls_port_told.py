"""The TLS port explains itself in plain HTTP.

Again the gateway sends plain HTTP to a port that wants TLS. But this upstream recognises a request when it sees one,
and says so in the same language: 400, this port speaks https. It is a perfect answer of HTTP. When it is passed on,
the client, who did nothing wrong, reads that its request was bad. Who was this message for?
"""

from lab import *

scenario = Scenario(
    lesson="Ask who made an answer before you believe whom it blames: a relayed 400 may mean the gateway.",
    guess="Whose fault does the client think it is?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 400 Bad Request\r\n",
            NONCE, FIELDS,
            b"Content-Length: 22\r\n",
            b"Connection: close\r\n",
            b"\r\n",
            b"This port speaks https",
            watch="a valid answer, about a mistake that the client did not make",
        ),
        Close(),
    ],
    cause="A11",
    level=2,
    expect=[
        Follows("it is passed on", Got("relayed"), RFC(9110, "7.6"), "a valid answer, whomever it may mean"),
        Question("Does the client see a 400?", Answers(400)),
    ],
)
