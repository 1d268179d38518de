"""The 101 does not say to what.

The client has offered WebSocket, and the upstream agrees with a 101. But it leaves out a line. Without Upgrade nobody
says which protocol it is to be. Without Connection, Upgrade looks like a field for everybody, one that somebody forgot
to take out on the way. One can guess what was meant. Is a guess enough to give up HTTP?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="A 101 names the new protocol, in Upgrade and in Connection: what is left out there is not to be guessed.",
    guess="Is it a tunnel all the same?",
    client=Get(
        "/chat",
        b"Connection: Upgrade\r\n",
        b"Upgrade: websocket\r\n",
        b"Sec-WebSocket-Version: 13\r\n",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ),
    vary={"no Upgrade": b"Connection: Upgrade\r\n", "no Connection": b"Upgrade: websocket\r\n"},
    upstream=lambda line: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            ACCEPT,
        ),
        Send(
            line,                       # one of the two that are needed
            wrong="the other line of the two is missing",
            right=Send(b"Connection: Upgrade\r\n", b"Upgrade: websocket\r\n"),
        ),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    cause="A17",
    level=3,
    needs=["upgrade"],
    expect=[
        Must("no 101 reaches the client without Upgrade",
             Either(Not(ClientSees(b"HTTP/1.1 101")), HasField(b"Upgrade")), [RFC(9110, "7.8"), RFC(9110, "3.7")],
             "a server that sends a 101 MUST send Upgrade with it"),
        Must("nor with an Upgrade that Connection does not name",
             Either(Not(ClientSees(b"HTTP/1.1 101")), HasField(b"Connection")), RFC(9110, "7.8"),
             "a sender of Upgrade MUST also send the connection option"),
        Follows("no success is made up, and the client is not blamed",
                Not(Got("own", "blamed-client", "disguised", "not-http")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                "the request was in order"),
        Question("Is it a 502?", Answers(502)),
    ],
)
