"""The trailer section never seems to end.

The content is short and complete. Behind it the upstream sends a hundred thousand bytes of trailer lines, because it
puts a whole log there. The header section of the answer was small and has long been passed on. A gateway that wants
to keep the lines until the end must stop somewhere. What becomes of the answer then?
"""

from lab import *

scenario = Scenario(
    lesson="What comes after the content needs a limit, too: these lines may be dropped, the content may not.",
    guess="Does the client get its five bytes, and does it get the lines behind them?",
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
            h1.many_fields(200, b"Log", b"x" * 490),  # Log-1: xxxx..., Log-2: xxxx..., and so on
            wrong="the trailer section is larger than recipients care to read",
        ),
        Send(b"\r\n"),
    ],
    reports=["http_response_trailer_section_size"],
    level=3,
    unseen="no standard sets a limit: whether this is too large is for each recipient to say",
    expect=[
        Follows("what gets through is the answer, or it is broken off", Not(Disguised()),
                [RFC(9112, "7.1.2"), RFC(9112, "8")], "trailer lines may be discarded, content may not"),
        Question("Does the client get a complete answer?", Got("relayed", "repaired")),
        Question("Does it get the lines?", Either(ClientSees(b"\nLog-200: "), ClientSees(b"\nlog-200: "))),
    ],
)
