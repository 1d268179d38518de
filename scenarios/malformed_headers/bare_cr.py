"""A carriage return stands alone in a value.

A line ends with two bytes, CR and LF. Here a CR comes without its LF, in the middle of a value. Some programs see the
end of a line in it, others an odd character. So what one takes for one field line is two for another. What may a
recipient do?
"""

from lab import *

scenario = Scenario(
    lesson="A lone CR is the end of a line only for some: make it a space or refuse it, so that all read the same.",
    guess="Will the client see one field line, two, or an error?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Greeting: hello\rSet-Cookie: role=admin\r\n",  # no LF after the first CR
            wrong="a bare CR in a field value",
            right=Send(b"Greeting: hello\r\n"),
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
        MustNot("the bare CR is passed on", ClientSees(b"hello\rSet-Cookie:"), [RFC(9112, "2.2"), RFC(9110, "5.5")]),
        MustNot("a line of its own is made of it", HasField(b"Set-Cookie: role=admin"), RFC(9112, "2.2"),
                "a recipient finds the element invalid, or puts SP in the place of CR; a new line is neither"),
        Fitting("whoever rejects it says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
