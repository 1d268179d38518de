"""A value holds letters with accents.

A value should keep to ASCII, but bytes above 127 are allowed there. Nothing says which letters they are: the one byte
E9 is an é in ISO-8859-1, the two bytes C3 A9 are an é in UTF-8. A recipient is told to treat them as opaque. Do they
arrive as they were sent?
"""

from lab import *

scenario = Scenario(
    lesson="Bytes above 127 in a value are legal and opaque: pass them on untouched, and do not guess their alphabet.",
    guess="Do the bytes arrive, and are they the same bytes?",
    client=Get("/menu"),
    vary={"ISO-8859-1": b"caf\xe9", "UTF-8": b"caf\xc3\xa9"},
    upstream=lambda dish: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Dish: " + dish + b"\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="bytes above 127 in a field value: legal, and opaque",
        ),
    ],
    cause="A8",
    level=2,
    expect=[
        Follows("the answer comes through", MadeBy("upstream"),
                RFC(9110, "5.5"), "such bytes are part of the grammar, so there is nothing to reject"),
        Should("not one byte of it is changed", Got("relayed"), RFC(9110, "5.5"), "opaque data is not decoded"),
    ],
)
