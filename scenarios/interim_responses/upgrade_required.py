"""The upstream insists on another protocol.

A client asks for the chat in plain HTTP. The upstream does not want to talk about it in this way: 426, come back with
WebSocket. It says so in the field Upgrade, without which the number means nothing. But Upgrade concerns one connection
only, and a gateway usually takes such fields out. What does the client learn?
"""

from lab import *

scenario = Scenario(
    lesson="A 426 without Upgrade is a riddle: if you pass on the number, say with it what was asked for.",
    guess="Does the client learn which protocol it should use?",
    client=Get("/chat"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 426 Upgrade Required\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",          # Upgrade is for my neighbour
            b"Upgrade: websocket\r\n",           # this is what I would speak
            b"Content-Length: 0\r\n",
            b"\r\n",
            watch="the answer needs a field that concerns one connection only",
        ),
    ],
    reports=[],
    cause="A17",
    level=2,
    expect=[
        Follows("the 426 is passed on", Got("relayed"), RFC(9110, "7.6"), "a valid answer, and meant for the client"),
        Must("it says to what", HasField(b"Upgrade"), [RFC(9110, "15.5.22"), RFC(9110, "3.7")],
             "a server MUST send Upgrade in a 426, and to its client the gateway is the server"),
        Question("Is it the upstream's protocol that it names?", HasField(b"Upgrade: websocket")),
    ],
)
