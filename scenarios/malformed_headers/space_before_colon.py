"""A space stands between the name and the colon.

The upstream writes "Content-Length :" with a space that looks tidy. Is this the length of the content, or an unknown
field whose name ends in a space? Who takes it for the length stops after five bytes. Who does not must wait until the
connection closes, and this upstream keeps it open. Which of them is right?
"""

from lab import *

scenario = Scenario(
    lesson="One space before a colon, and two recipients no longer agree where the answer ends.",
    guess="Does the client get its five bytes, an error, or nothing at all?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Content-Length : 5\r\n", wrong="a space before the colon", right=Send(b"Content-Length: 5\r\n")),
        Send(
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=2,
    expect=[
        Fitting("the space is gone when the answer is forwarded",
                Not(Either(ClientSees(b"\nContent-Length : 5\r\n"), ClientSees(b"\ncontent-length : 5\r\n"))),
                RFC(9112, "5.1"), "the sentence binds proxies: they MUST remove it before they forward a response"),
        Follows("the client gets all of it, or can tell that it did not", Not(Got("disguised", "not-http")),
                [RFC(9112, "5.1"), RFC(9112, "6.3(8)")],
                "without the space it is complete; taken for another field, nothing but a close ends it"),
        Fitting("the client is not left waiting", Not(Got("hung")), RFC(9112, "5.1"),
                "whoever sees the space knows that this is a malformed Content-Length"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
    ],
)
