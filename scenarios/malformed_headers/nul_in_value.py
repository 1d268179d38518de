"""A value holds a zero byte.

The upstream copies a value out of a fixed buffer, and the zero byte that marked its end comes along. Some programs
end a text at a zero byte, others read on: the same line says "guest" to one and "guest, admin" to another. What may a
recipient do?
"""

from lab import *

scenario = Scenario(
    lesson="A zero byte in a value means two things to two programs: refuse it or make it a space, never hand it on.",
    guess="Does the zero byte reach the client?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Role: guest\x00admin\r\n", wrong="NUL in a field value", right=Send(b"Role: guest\r\n")),
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
        MustNot("the zero byte is passed on", ClientSees(b"\x00"), RFC(9110, "5.5")),
        Must("the message is rejected, or a space stands there instead", Not(Disguised()),
             RFC(9110, "5.5"), "cutting the value off at NUL is neither"),
        Fitting("whoever rejects it says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
