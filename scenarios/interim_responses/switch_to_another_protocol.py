"""The upstream switches to a protocol that was not on offer.

The client has offered WebSocket and nothing else. The upstream agrees, and names another protocol: irc. In form this is
a perfect 101. But at the far end of the tunnel sits a client that speaks WebSocket, and at the near end a server that
speaks something else. Who can see it?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="A 101 is an answer to an offer: compare the protocol it names with those that were offered.",
    guess="Does the client find itself in a tunnel?",
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
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
        ),
        Send(
            b"Upgrade: irc\r\n",
            wrong="a protocol that was not offered",
            right=Send(
                b"Upgrade: websocket\r\n",
                ACCEPT,
            ),
        ),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    cause="A17",
    level=3,
    needs=["upgrade"],
    unseen="in form it is a perfect 101; only beside the request can one see what is wrong with it",
    expect=[
        MustNot("the client is switched to it", HasField(b"Upgrade: irc"), [RFC(9110, "7.8"), RFC(9110, "3.7")],
                "a server MUST NOT switch to a protocol that the client did not indicate"),
        Follows("no success is made up, and the client is not blamed",
                Not(Got("own", "blamed-client", "disguised", "not-http")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                "the request was in order, and nobody has answered it"),
        Question("Is it a 502?", Answers(502)),
    ],
)
