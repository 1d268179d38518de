"""The status line says HTTP/1.9.

There is no HTTP/1.9 yet. But a higher second digit only means that the sender could do more than others; what it
sends here is to be read like the highest version that the recipient knows. So nothing is wrong. Does everybody keep
calm?
"""

from lab import *

scenario = Scenario(
    lesson="A higher second digit is a boast, not a break: read it like HTTP/1.1, and answer as yourself.",
    guess="Which version does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.9 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="a minor version that does not exist yet: legal",
        ),
    ],
    level=2,
    expect=[
        Should("it is processed like HTTP/1.1", Got("relayed"), RFC(9110, "6.2")),
        MustNot("its version is passed on", ClientSees(b"HTTP/1.9 200"),
                RFC(9112, "2.3"), "intermediaries MUST send their own version"),
    ],
)
