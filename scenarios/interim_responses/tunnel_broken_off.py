"""The tunnel breaks in the middle of a frame.

The protocols have been switched, and the upstream has begun a frame: twelve bytes are announced, five are there. Then
its connection ends, by FIN or by RST. HTTP has had its last word long ago, so no status can be said, and no field can
explain anything. What is left to the gateway is what it does with the client's connection. What does the client see?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="In a tunnel the end of one connection can only be told by ending the other: no 502 comes out of it.",
    guess="How does the client learn that nothing more will come?",
    client=[
        Send(
            b"GET /chat HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",
            b"Sec-WebSocket-Version: 13\r\n",
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
            b"\r\n",
        ),
        Until(ClientSees(b"how a"), else_after=0.5),
        Receive(),                                   # all that has come
        Receive(),                                   # more, or the end
    ],
    vary={"closed": Close(watch="the frame is not complete"), "reset": Reset(watch="the frame is not complete")},
    upstream=lambda end: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",
            ACCEPT,
            b"\r\n",
            b"\x81\x0c", b"how a",                   # a frame of twelve bytes, and five of them
        ),
        Until(ClientSees(b"how a")),
        end,
    ],
    reports=[],
    cause="A17",
    level=2,
    needs=["upgrade"],
    expect=[
        Follows("the connection is a tunnel", Got("tunnelled"), [RFC(9110, "7.8"), RFC(9110, "15.2.2")],
                "the client asked for it, and the upstream agreed"),
        Follows("what came before the end has been passed on", ClientSees(b"how a"), RFC(9110, "3.7"),
                "a tunnel is a blind relay: it waits for no end of a frame, which it does not know"),
        Follows("no words of HTTP are put into it", Not(Either(ClientSees(b" 502 "), ClientSees(b" 504 "))),
                [RFC(9110, "3.7"), RFC(9110, "7.8")], "what the client reads there is the other protocol"),
    ],
)
