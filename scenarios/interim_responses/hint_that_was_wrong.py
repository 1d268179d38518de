"""The hint was wrong.

The upstream announces a style sheet, and by the time it has the page it knows better: the page needs another one. So
the hint says old.css and the answer says new.css. This is allowed, for a hint is only what a server expects. The field
lines of the two responses have the same name. Which of them belong to the answer?
"""

from lab import *

scenario = Scenario(
    lesson="A hint promises nothing: the answer has its own field lines, and those of the hint are not added to them.",
    guess="Which style sheet does the client's final answer name?",
    client=Get("/page"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Link: </old.css>; rel=preload; as=style\r\n",
            b"\r\n",
            watch="field lines that the answer will not have",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Link: </new.css>; rel=preload; as=style\r\n",
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    level=2,
    needs=["interim"],
    expect=[
        Must("the answer behind the hint is found", Got("relayed"), RFC(9110, "15.2"),
             "a client MUST be able to parse a 1xx before the final response"),
        Follows("the answer does not name the old one", Not(HasField(b"Link: </old.css>; rel=preload; as=style")),
                RFC(8297, "2"), "the field lines of a hint do not replace those of the final response"),
        Question("Does the client see the hint?", ClientSees(b"/old.css")),
    ],
)
