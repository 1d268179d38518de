"""The connection changes its language.

The client asks in HTTP whether the upstream would go on in another protocol: WebSocket, in which both sides may speak
whenever they like. The upstream agrees: 101. From the empty line on, this connection carries frames, and a gateway in
the middle understands none of them. It can only pass bytes on, in both directions, as a tunnel. Where does HTTP end?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="After a 101 there is no HTTP any more: what was a gateway is a pipe, and no status can be said in it.",
    guess="Who answers whom after the 101?",
    client=[
        Send(
            b"GET /chat HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Connection: Upgrade\r\n",                          # Upgrade is for my neighbour
            b"Upgrade: websocket\r\n",                           # shall we go on in this protocol?
            b"Sec-WebSocket-Version: 13\r\n",
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",  # whoever understood it can answer it
            b"\r\n",
        ),
        Until(ClientSees(b"\r\n\r\n"), else_after=1),
        Send(b"\x81\x85", b"\x00\x00\x00\x00", b"hello"),        # a text frame, masked as a client's are
        Until(ClientSees(b"how are you?"), else_after=1),
    ],
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",                           # yes, in this one
            ACCEPT,                                              # the answer to the key
            b"\r\n",                                             # the last line of HTTP
            watch="from here on, no byte is HTTP",
        ),
        Receive(11),
        Send(b"\x81\x0c", b"how are you?"),                      # a text frame of twelve bytes
    ],
    reports=[],
    cause="A17",
    level=2,
    needs=["upgrade"],
    expect=[
        Follows("the connection is a tunnel", Got("tunnelled"), [RFC(9110, "7.8"), RFC(9110, "15.2.2")],
                "the client asked for it, and the upstream agreed"),
        Must("the client is told to which protocol", HasField(b"Upgrade: websocket"),
             [RFC(9110, "7.8"), RFC(9110, "3.7")], "a server that sends a 101 MUST send Upgrade with it"),
        Follows("each side hears the other", Not(Either(Not(UpstreamSees(b"hello")), Not(ClientSees(b"how are you?")))),
                RFC(9110, "3.7"), "a tunnel is a blind relay between two connections"),
    ],
)
