"""The lines end in LF alone.

A line of HTTP ends with CR and LF. Many a small script just prints, and printing ends a line with LF. The sender is
wrong, but a recipient may forgive: it is allowed to take a single LF for the end of a line. Will this gateway?
"""

from lab import *

scenario = Scenario(
    lesson="LF alone may pass for the end of a line: the recipient is free to forgive, the sender is still wrong.",
    guess="Forgiven or refused?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Content-Type: text/plain\n",  # no CR
            b"Content-Length: 5\n",
            b"\n",
            wrong="lines end in LF, not in CR LF",
            right=Send(
                b"Content-Type: text/plain\r\n",
                b"Content-Length: 5\r\n",
                b"\r\n",
            ),
        ),
        Send(b"hello"),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=2,
    expect=[
        Follows("all of the answer gets through, or none of it", Not(Got("disguised", "not-http")),
                RFC(9112, "2.2"), "LF may be taken for the end of a line, or no end is seen at all"),
        Follows("what is passed on ends its lines with CR LF", Not(ClientSees(b"text/plain\n")),
                [RFC(9112, "2.2"), RFC(9110, "2.2"), RFC(9112, "2.3")],
                "a recipient may forgive; its own answer bears its own version, and is to conform to the syntax"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it forgiven?", Got("relayed", "repaired")),
    ],
)
