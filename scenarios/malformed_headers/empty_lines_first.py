"""Two empty lines come before the answer.

The upstream is a script that prints an empty line too many, twice, before it prints its status line. A recipient that
looks for the status line finds nothing in the first line. Or is the header section already over before it began? What
does a gateway make of it?
"""

from lab import *

scenario = Scenario(
    lesson="An answer begins with its status line: empty lines in front may be skipped, but are nothing to rely on.",
    guess="Skipped or refused?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(b"\r\n\r\n", wrong="empty lines before the status line"),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("the client gets the answer, or none", Not(Got("disguised", "not-http")),
                [RFC(9112, "2.1"), RFC(9110, "2.4")], "empty lines can be skipped, or are malformed; none is content"),
        Follows("the lines go no further", Not(ClientSees(b"\r\n\r\nHTTP/1.1 200")),
                [RFC(9112, "2.1"), RFC(9110, "2.2")], "the gateway's own answer begins with its start line"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Are they skipped?", Got("relayed", "repaired")),
    ],
)
