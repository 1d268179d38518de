"""The announced trailer does not come.

The header section says that a checksum will follow behind the content. The content comes, the last chunk, and then the
empty line at once: no checksum. Perhaps it could not be worked out, perhaps it was forgotten. The framing is in order
to the last byte. Is the answer complete?
"""

from lab import *

scenario = Scenario(
    lesson="Trailer announces what may come, it does not promise it: the framing decides what is complete.",
    guess="Does anybody miss the checksum?",
    client=Get("/report", b"Connection: TE\r\n", b"TE: trailers\r\n"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"Trailer: Checksum\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
            watch="what was announced for the trailer section is not there",
        ),
    ],
    reports=[],
    level=3,
    expect=[
        Follows("the answer comes through", Got("relayed"), [RFC(9110, "6.6.2"), RFC(9112, "8")],
                "there is no guarantee that the named fields are sent, and with the last chunk it is complete"),
        Question("Does the client see what was announced?", HasField(b"Trailer")),
    ],
)
