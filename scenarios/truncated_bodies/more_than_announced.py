"""There is more than was announced.

The upstream counts five bytes and sends eleven. After the fifth byte the answer is complete; the other six lie on the
connection, where the next answer should begin. They may belong to this answer, or to nothing at all. What must not
happen to them?
"""

from lab import *

scenario = Scenario(
    lesson="After the announced bytes the answer is over: what follows is never an answer of its own.",
    guess="Does the client read hello, or hello world?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
        Send(b" world", wrong="six bytes more than announced"),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        MustNot("the surplus reaches the client as something of its own", Got("not-http"), RFC(9112, "6.3"),
                "extra data is not processed or forwarded as a separate response"),
        Follows("the client gets the five bytes, all eleven, or an error",
                Either(Not(Disguised()), ClientSees(b"hello world")), [RFC(9112, "6.3(6)"), RFC(9112, "6.3")],
                "Content-Length says where it ends, unless one finds out that the rest belongs to it"),
        Question("Does the client read five bytes?", Got("relayed")),
        Question("Is it a 502?", Answers(502)),
    ],
)
