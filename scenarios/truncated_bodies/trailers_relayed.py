"""The proof comes after the content.

The upstream works out a checksum while it sends, and knows it only at the end. It puts it behind the last chunk, into
the trailer section, and has announced this in a field Trailer. The client has said that it would take trailers.
Between the two stands the gateway, which takes the chunks off and makes others. Does the last line survive that?
"""

from lab import *

scenario = Scenario(
    lesson="What stands behind the last chunk belongs to the message, too, but not everybody on the way carries it.",
    guess="Does the checksum arrive?",
    client=Get("/report", b"Connection: TE\r\n", b"TE: trailers\r\n"),   # I would take trailers
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"Trailer: Checksum\r\n",       # there will be one
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",                       # the last chunk
            b"Checksum: 3610a686\r\n",      # the trailer section
            b"\r\n",                        # and its end
            watch="a field line behind the content",
        ),
    ],
    reports=[],
    level=2,
    expect=[
        Follows("the answer comes through", Got("relayed"), [RFC(9110, "3.7"), RFC(9112, "7.1.2")],
                "trailers kept or discarded, the content is five bytes and complete"),
        MustNot("the line joins the header section", HasField(b"Checksum"), [RFC(9110, "6.5.1"), RFC(9112, "7.1.2")],
                "no definition of this field permits it"),
        Question("Does the client get the checksum?", ClientSees(b"3610a686")),   # it may be discarded
    ],
)
