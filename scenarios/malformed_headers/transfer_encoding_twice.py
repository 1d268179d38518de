"""Transfer-Encoding: chunked is written twice.

The framework writes the field line, and so does the server below it. Taken together they say that the content was
wrapped in chunks, and then wrapped in chunks again. It was wrapped once. Whoever believes the line unwraps twice and
finds nonsense; whoever sees the slip unwraps once. Which will it be?
"""

from lab import *

scenario = Scenario(
    lesson="Said twice is not said louder: two lines are a list, and this list says that the chunks are in chunks.",
    guess="An answer that everybody understands, with one line too many: 200 or 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Transfer-Encoding: chunked\r\n", wrong="the same transfer coding a second time"),
        Send(
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
        ),
    ],
    reports=["http_response_transfer_coding"],
    cause="A7",
    level=2,
    expect=[
        Follows("the client gets the five bytes or an error", Not(Disguised()), [RFC(9112, "6.1"), RFC(9110, "2.4")],
                "chunked is never applied twice, so only the slip can be meant; anything else is invented"),
        ShouldNot("both are passed on",
                  Either(HasField(b"Transfer-Encoding: chunked, chunked"), ClientSees(b"chunked\r\nTransfer-Encoding:"),
                         ClientSees(b"chunked\r\ntransfer-encoding:")), RFC(9110, "7.6.1"),
                  "Transfer-Encoding concerns one connection, and is to be removed or replaced"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
