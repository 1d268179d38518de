"""The upstream does not take up the offer.

The client offers to go on in another protocol. It is an offer, no more: a server may ignore it and answer in HTTP. This
one does, with a 200 like any other. A tunnel may have been prepared, and nobody wants it. Does the answer come
through as if nobody had asked?
"""

from lab import *

scenario = Scenario(
    lesson="Upgrade is an offer: without a 101 everything stays as it was, and the answer is an ordinary one.",
    guess="An answer or a tunnel?",
    client=Get(
        "/chat",
        b"Connection: Upgrade\r\n",
        b"Upgrade: websocket\r\n",
        b"Sec-WebSocket-Version: 13\r\n",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="the offer is ignored, as it may be",
        ),
    ],
    reports=[],
    cause="A17",
    level=2,
    expect=[
        Follows("the answer comes through", Got("relayed"), [RFC(9110, "7.8"), RFC(9110, "3.7")],
                "a server may ignore the offer and go on with the protocol that is spoken"),
        Question("Was the offer passed on?", UpstreamSees(b"websocket")),
    ],
)
