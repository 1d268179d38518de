"""A value goes on in the next line.

Long ago a value could be continued: a line that begins with a space belonged to the line before. This is called line
folding, and it is obsolete, because a recipient that does not know it reads two lines where one was meant. The
upstream still folds. What is a gateway told to do with it?
"""

from lab import *

scenario = Scenario(
    lesson="A folded line leaves two ways: a 502, or spaces in place of the fold. Passing it on is neither.",
    guess="Will the client see one line, two lines, or a 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Colours: red,\r\n",  # one value ...
            b" green, blue\r\n",   # ... in two lines
            wrong="a field value is folded over two lines",
            right=Send(b"Colours: red, green, blue\r\n"),
        ),
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
        Must("it is a 502, or the answer with spaces for the fold", Either(Answers(502), Got("repaired", "relayed")),
             RFC(9112, "5.2"), "the sentence names gateways"),
        MustNot("the fold is passed on", ClientSees(b"red,\r\n green"), RFC(9112, "5.2")),
    ],
)
