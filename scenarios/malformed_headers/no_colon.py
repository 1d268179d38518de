"""One line has no colon.

Between the status line and the empty line, every line is a name, a colon and a value. The upstream writes one line
that is a plain sentence: a debug message went to the wrong place. The lines around it are in order, and so is the
content. Is the answer still good for anything?
"""

from lab import *

scenario = Scenario(
    lesson="A line without a colon is no field line: leave it out or refuse the answer, but never pass it on.",
    guess="One bad line among good ones: does the answer get through?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"connected to the database\r\n", wrong="a line of the header section has no colon"),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=1,
    expect=[
        Follows("the line goes no further", Not(HasField(b"connected to the database")),
                [RFC(9112, "5"), RFC(9110, "2.2"), RFC(9112, "2.3")],
                "the gateway's answer bears the gateway's own version, and is to conform to the syntax of that"),
        Follows("what gets through is the answer without that line", Not(Disguised()),
                RFC(9110, "2.4"), "recovering a usable answer is allowed, making one up is not"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
