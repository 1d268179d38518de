"""The connection ends after the end of the content.

The chunk of size zero has come, so all of the content is here. Behind it a few more field lines may follow, the
trailer section, and then an empty line. The upstream closes in the middle of such a line. One sentence of the
standard calls the content complete, another says that the coding is not. What does the client get?
"""

from lab import *

scenario = Scenario(
    lesson="After the last chunk comes the trailer section, and only the empty line behind it ends the message.",
    guess="All of the content, half of a trailer line: complete?",
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
            b"0\r\n",            # the last chunk
            b"Checksum: 3610a",  # a trailer line, cut
        ),
        Close(wrong="the trailer section and the message have no end", right=Send(b"686\r\n\r\n")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=3,
    expect=[
        Follows("half a line is not passed on as a whole one", Not(ClientSees(b": 3610a\r\n")),
                RFC(9112, "7.1"), "the line did not end, so its value is not known"),
        Follows("the client gets the content or an error", Not(Disguised()),
                [RFC(9112, "8"), RFC(9112, "7.1")], "complete or not, the content is five bytes"),
        Question("Does the client get a complete answer?", Got("relayed", "repaired")),
        Question("Is it a 502?", Answers(502)),
    ],
)
