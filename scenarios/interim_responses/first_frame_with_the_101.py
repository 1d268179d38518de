"""The first frame comes with the 101.

The upstream agrees to switch, and has something to say at once: behind the empty line of its 101, in the same write,
stands the first frame. A gateway reads the 101 as HTTP, with a reader that takes in more than one line at a time. The
frame is then in the reader's hands already, while the tunnel is still being built. Who passes it on?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="Whoever hands over a connection hands over what was read of it already, or the first words are lost.",
    guess="Does the client hear the greeting?",
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
        Until(ClientSees(b"welcome"), else_after=0.5),
    ],
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",
            ACCEPT,
            b"\r\n",
            b"\x81\x07", b"welcome",   # a text frame of seven bytes, in the same write
            watch="a frame right behind the last line of HTTP",
        ),
    ],
    reports=[],
    cause="A17",
    level=2,
    needs=["upgrade"],
    expect=[
        Follows("the connection is a tunnel", Got("tunnelled"), [RFC(9110, "7.8"), RFC(9110, "15.2.2")],
                "the client asked for it, and the upstream agreed"),
        Follows("the frame reaches the client", ClientSees(b"\x81\x07welcome"), [RFC(9110, "7.8"), RFC(9110, "3.7")],
                "the new protocol begins immediately after the 101, and a tunnel relays every byte"),
    ],
)
