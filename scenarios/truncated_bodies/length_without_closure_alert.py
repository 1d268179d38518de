"""The goodbye is missing, but everything was said.

This answer has a length, and all of its bytes have come. Then the connection is closed without the closure alert that
TLS asks for. The alert could have told whether something is missing, but the length tells that already. Is the answer
good?
"""

from lab import *

scenario = Scenario(
    lesson="With a length, an answer is complete by itself: a missing goodbye takes nothing away.",
    guess="All bytes, no goodbye: 200 or 502?",
    client=Get("/report"),
    upstream=[
        StartTLS(),
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
        Close(alert=False, watch="closed without a closure alert, after all of the content"),
    ],
    level=3,
    needs=["tls"],
    expect=[Should("it is taken as complete", Got("relayed"), RFC(9112, "9.8"), "as much data as Content-Length says")],
)
