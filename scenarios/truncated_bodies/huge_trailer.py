"""One line behind the content is enormous.

The content has come, and so has the last chunk. A signature should follow in the trailer section, a line of a hundred
bytes or so. But the upstream signs every byte for itself, and the line has 20,000. The client has read the content
already. Is a line that nobody may need a reason to spoil it?
"""

from lab import *

scenario = Scenario(
    lesson="Both limits exist behind the content, too: one for a line and one for all, and a name for each.",
    guess="Does the client get a complete answer?",
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
        ),
        Until(ClientSees(b"hello")),
        Send(b"0\r\n"),
        Send(
            h1.long_field(b"Signature", 20_000),  # Signature: xxxx...
            wrong="one trailer line is larger than recipients care to read",
            right=Send(b"Signature: x\r\n"),
        ),
        Send(b"\r\n"),
    ],
    reports=["http_response_trailer_size", "http_response_trailer_section_size"],
    level=3,
    unseen="no standard sets a limit: whether this is too large is for each recipient to say",
    expect=[
        Follows("what gets through is the answer, or it is broken off", Not(Disguised()),
                [RFC(9112, "7.1.2"), RFC(9112, "8")], "trailer lines may be discarded, content may not"),
        Question("Does the client get a complete answer?", Got("relayed", "repaired")),
        Question("Does Proxy-Status name the line?", Reports("http_response_trailer_size")),
    ],
)
