"""The upstream says go on, and nobody has asked.

100 means: go on, send your content. A client asks for it before a large upload. This client has sent a GET, there is no
content, and nobody has asked. Some servers say 100 all the same, out of habit. It does no harm to whoever reads on. Who
has to hear it?
"""

from lab import *

scenario = Scenario(
    lesson="A 100 that nobody asked for says nothing: leave it out or pass it on, but never wait for it or stop at it.",
    guess="Does the client see the 100?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 100 Continue\r\n",
            b"\r\n",
            watch="a 100 that nobody has asked for",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    cause="A23",
    level=2,
    needs=["interim"],
    expect=[
        Must("the answer behind it is found", Got("relayed"), RFC(9110, "15.2"),
             "a client MUST be able to parse 1xx responses, even if it does not expect one"),
        Question("Is the 100 passed on?", ClientSees(b"HTTP/1.1 100")),
    ],
)
