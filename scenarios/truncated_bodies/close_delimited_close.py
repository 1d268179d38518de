"""The close is the end, whatever it means.

The upstream gives no length and uses no chunks: the content ends when the connection does. In the middle of a
sentence the program crashes, and its machine closes the connection politely. On the wire this is a complete answer.
Nobody can tell that there was more to say. Or can you?
"""

from lab import *

scenario = Scenario(
    lesson="Without a length and without chunks, a crash looks like an end: this is what framing is for.",
    guess="Is there anybody who could notice?",
    client=Get("/story"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"\r\n",
            b"And the murderer is",
        ),
        Close(watch="it crashed here, but the bytes do not say so"),
    ],
    cause="A25",
    level=2,
    expect=[
        Follows("it counts as complete", Got("relayed"), [RFC(9112, "8"), RFC(9110, "6.1")],
                "ended by a close without an error, it is considered complete"),
        Question("Could the client tell?", Not(Complete())),
    ],
)
