"""A line begins with its colon.

The upstream builds its lines from pairs of name and value, and in one pair the name is empty. What goes over the wire
is a colon and a value: a field line that names no field. Can a recipient do anything with it?
"""

from lab import *

scenario = Scenario(
    lesson="A field without a name has no meaning: nobody can act on it, and nobody should hand it on.",
    guess="A line with a colon but no name: left out, passed on, or refused?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b": blue\r\n", wrong="a field line has no name", right=Send(b"Colour: blue\r\n")),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=2,
    expect=[
        Follows("the line goes no further", Not(ClientSees(b"\n: blue\r\n")),
                [RFC(9110, "5.1"), RFC(9110, "2.2"), RFC(9112, "2.3")],
                "no name is empty, and the gateway's answer is to conform to the syntax of its own version"),
        Follows("what gets through is the answer without that line", Not(Disguised()),
                RFC(9110, "2.4"), "recovering a usable answer is allowed, making one up is not"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
