"""The answer comes in pieces, and in time.

The upstream counts to four, and thinks a little before each number. Each wait is short, and all of them together are
not long. This is no fault: answers often come so, from a slow disk or a busy machine. The promise of 18 bytes is kept.
Does the client get them all?
"""

from lab import *

scenario = Scenario(
    lesson="Slow is not broken. A time-out is to end what will not come, not what is on its way.",
    guess="Does patience pay?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 18\r\n",
            b"\r\n",
            b"one ",
        ),
        Pause(0.05, watch="it thinks a little, and goes on"),
        Send(b"two "),
        Pause(0.05),
        Send(b"three "),
        Pause(0.05),
        Send(b"four"),   # 4 + 4 + 6 + 4: all 18
    ],
    reports=[],
    level=2,
    expect=[
        Follows("the client gets all of it", Got("relayed"), [RFC(9110, "3.7"), RFC(9112, "6.3(6)")],
                "nobody has closed, and all that was promised has come"),
    ],
)
