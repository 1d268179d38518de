"""The proof does not fit.

Whoever opens a WebSocket sends a random key, and the server proves with Sec-WebSocket-Accept that it has understood:
the value is worked out from the key. Here it belongs to another key, perhaps to another connection. HTTP knows nothing
of all this; to HTTP it is a field like any other. Who is to check it?
"""

from lab import *
from lab.script import ACCEPT

scenario = Scenario(
    lesson="Each protocol checks its own proofs: a tunnel passes them on, and the client looks before it trusts.",
    guess="Does the gateway check the proof, or the client?",
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
            b"Upgrade: websocket\r\n",
        ),
        Send(
            b"Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\r\n",
            wrong="the proof belongs to another key",
            right=Send(ACCEPT),
        ),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    cause="A17",
    level=3,
    needs=["upgrade"],
    unseen="to HTTP the value is a value; that it is the wrong one is for the other protocol to say",
    expect=[
        Follows("no proof is made up", Not(HasField(b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")),
                [RFC(9110, "3.7"), RFC(9110, "7.6")], "the upstream has not given it, and the client relies on it"),
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order"),
        Question("Is the wrong proof passed on, for the client to check?", Got("tunnelled")),
    ],
)
