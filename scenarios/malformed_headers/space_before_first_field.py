"""The first line after the status line begins with a space.

A line that begins with a space could only continue the line before it. But the line before is the status line, which
nothing continues. So it belongs nowhere. A careless recipient might glue it to the status line, or cut off the space
and take it for a field line. What is left to a careful one?
"""

from lab import *

scenario = Scenario(
    lesson="A line that belongs nowhere is thrown away whole, or the answer is: it is never promoted to a field line.",
    guess="Will the cookie in that line reach the client?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(b"HTTP/1.1 200 OK\r\n"),
        Send(b" Set-Cookie: role=admin\r\n", wrong="whitespace between the status line and the first field line"),
        Send(
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=3,
    expect=[
        MustNot("the line reaches the client",
                Either(HasField(b"Set-Cookie: role=admin"), ClientSees(b"Set-Cookie: role=admin\r\n")),
                RFC(9112, "2.2"), "a recipient rejects the message, or ignores the whole line"),
        Fitting("whoever rejects the message says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
