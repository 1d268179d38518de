"""The upstream is old, and right.

It answers with HTTP/1.0, gives a length and closes, as one did before connections were kept open. There is nothing
wrong with that. But the version says what a sender can do, and the gateway can do more than its upstream. Which
version should the client read?
"""

from lab import *

scenario = Scenario(
    lesson="The version belongs to the last hop: a gateway speaks for itself, however old its upstream is.",
    guess="Does the client see HTTP/1.0 or HTTP/1.1?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.0 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="HTTP/1.0: old, and legal",
        ),
        Close(),
    ],
    level=2,
    expect=[
        Follows("it comes through", Got("relayed"), RFC(9112, "2.3"), "every version 1.x is read in the same way"),
        MustNot("its version is passed on", ClientSees(b"HTTP/1.0 200"),
                RFC(9112, "2.3"), "intermediaries MUST send their own version; a gateway of HTTP/1.1 has that one"),
    ],
)
