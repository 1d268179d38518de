"""Trailers come, and nobody has asked for them.

The upstream sends a checksum behind its last chunk. The client has not said that it takes trailers; perhaps it has
never heard of them. The upstream may send them all the same, as long as nothing depends on them. What becomes of a line
that nobody waits for?
"""

from lab import *

scenario = Scenario(
    lesson="Put nothing into a trailer that must arrive: whoever was not asked to keep it may drop it.",
    guess="Is the checksum passed on, dropped, or put somewhere else?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"Checksum: 3610a686\r\n",
            b"\r\n",
            watch="a trailer line, although the client has not asked for any",
        ),
    ],
    reports=[],
    level=2,
    expect=[
        Follows("the answer comes through", Got("relayed"), [RFC(9110, "3.7"), RFC(9112, "7.1.2")],
                "trailers kept or discarded, the content is five bytes and complete"),
        MustNot("the line joins the header section", HasField(b"Checksum"), [RFC(9110, "6.5.1"), RFC(9112, "7.1.2")],
                "no definition of this field permits it"),
        Question("Is it passed on?", ClientSees(b"3610a686")),
    ],
)
