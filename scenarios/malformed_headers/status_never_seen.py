"""A status code that nobody knows yet.

299, 471 and 599 are in no list that this gateway was built with. New codes are invented all the time, and each
belongs to a class by its first digit, so that everybody can treat it like the first of its class. The gateway has
less to do still: it only passes on what it gets. Does the number arrive?
"""

from lab import *

scenario = Scenario(
    lesson="An unknown code is not an invalid one: its first digit says enough, and it passes unchanged.",
    guess="Does the client see the strange number?",
    client=Get("/report"),
    vary={"299": b"299 Mostly Fine", "471": b"471 Too Curious", "599": b"599 Very Wrong"},
    upstream=lambda code: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 " + code + b"\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="a status code that is in nobody's list",
        ),
    ],
    level=2,
    expect=[
        Follows("it is passed on as it is", Got("relayed"), [RFC(9110, "7.6"), RFC(9110, "15")],
                "intermediaries are expected to forward messages also where they do not know the code"),
    ],
)
