"""The same length is given twice.

Two layers of the upstream both write the length, and for once they agree. The value is still malformed: a length is
one number, and this is a list of two. But here the standard leaves a choice. Which way does the gateway go?
"""

from lab import *

scenario = Scenario(
    lesson="The same length twice may be taken as one or refused; what may not happen is to pass both on.",
    guess="Twice 5: does the client get five bytes, ten, or a 502?",
    client=Get("/report"),
    vary={
        "two lines": b"Content-Length: 5\r\nContent-Length: 5\r\n",
        "one list": b"Content-Length: 5, 5\r\n",
    },
    upstream=lambda lengths: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(lengths, wrong="Content-Length is given twice", right=Send(b"Content-Length: 5\r\n")),
        Send(
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A9",
    level=2,
    expect=[
        MustNot("both are passed on",
                Either(HasField(b"Content-Length: 5, 5"), HasField(b"Content-Length: 5,5"),
                       ClientSees(b"5\r\nContent-Length: 5\r\n"), ClientSees(b"5\r\ncontent-length: 5\r\n")),
                RFC(9110, "8.6"), "a recipient may reject the message, or replace the value by the number once"),
        Follows("the client gets five bytes or an error", Not(Got("disguised", "not-http")),
                [RFC(9110, "8.6"), RFC(9112, "6.3(5)")], "there is no third way"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it taken as one?", Got("relayed", "repaired")),
    ],
)
