"""An old client asks for a new protocol.

The client says HTTP/1.0, and yet sends Upgrade. Perhaps an old program on the way has put its own version into the
line, and passed on a field that it does not know. In HTTP/1.0 nothing can be switched, so a server that reads Upgrade
there ignores it. The gateway is such a server. Its upstream gladly switches for anybody who asks. Does the gateway ask?
"""

from lab import *
from lab.script import ACCEPT


def obliging():
    request = yield ReceiveRequest()
    if request.get(b"upgrade"):
        yield Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",
            ACCEPT,
            b"\r\n",
            watch="it was asked, and it agrees",
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="In HTTP/1.0 there is nothing to switch: an Upgrade from there has lost its way and is to be ignored.",
    guess="101 or 200?",
    client=Get(
        "/chat",
        b"Connection: Upgrade\r\n",
        b"Upgrade: websocket\r\n",
        b"Sec-WebSocket-Version: 13\r\n",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        version="1.0",
    ),
    upstream=obliging,
    reports=[],
    cause="A17",
    level=3,
    expect=[
        Must("its Upgrade is ignored", Not(ClientSees(b" 101 ")), RFC(9110, "7.8"),
             "a server that receives Upgrade in an HTTP/1.0 request MUST ignore it"),
        Follows("it gets an ordinary answer", Got("relayed"), [RFC(9110, "7.8"), RFC(9110, "3.7")],
                "with Upgrade ignored, this is a request like any other"),
    ],
)
