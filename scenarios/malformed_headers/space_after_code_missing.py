"""The space after the code is missing.

No reason phrase, and not even the space that should stand before it. One byte is missing, and nothing depends on it:
everybody can see the code. But the standard says that the space must be sent. How strict is this gateway?
"""

from lab import *

scenario = Scenario(
    lesson="Strict in what you send, and decide how kind you are in what you accept: the grammar has that space.",
    guess="One missing space: 200 or 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200\r\n",
            wrong="no space after the status code",
            right=Send(b"HTTP/1.1 200 \r\n"),
        ),
        Send(
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=3,
    expect=[
        Must("the gateway's own status line has its space", Not(ClientSees(b"HTTP/1.1 200\r\n")),
             RFC(9112, "4"), "a server MUST send it, and towards its client the gateway is one"),
        Follows("the client gets the answer, or none", Not(Got("disguised", "not-http")),
                RFC(9112, "4"), "the line may be parsed at whitespace, or is malformed; there is no third way"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it forgiven?", Got("relayed", "repaired")),
    ],
)
