"""The answer begins in HTTP and goes on in another language.

The header section is right, and so is the first chunk; the client has it already. Where the next chunk should begin,
something else is speaking: TLS says no, HTTP/2 says goodbye, or a mail server greets. Two programs are writing on one
connection. Before the header section this would be a 502, and everybody would know. What is it here?
"""

from lab import *

scenario = Scenario(
    lesson="A stranger at the door is a 502; a stranger in the middle of an answer is a break, like any other.",
    guess="What does the client see after hello?",
    client=Get("/report"),
    vary={
        "TLS": b"\x15\x03\x03\x00\x02\x02\x28",   # an alert
        "HTTP/2": h2.goaway(),                    # goodbye
        "SMTP": b"220 mail.test ready\r\n",       # a greeting
    },
    upstream=lambda stranger: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
        ),
        Until(ClientSees(b"hello")),
        Send(stranger, wrong="another protocol where the next chunk should be", right=Send(b"0\r\n", b"\r\n")),
        Close(),
    ],
    reports=["http_response_transfer_coding", "http_response_incomplete", "connection_terminated"],
    cause="A14",
    level=3,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "7.1"), RFC(9112, "8")],
                "the response is incomplete when decoding its chunks fails"),
        Fitting("the stranger's bytes go no further", Not(Got("not-http")), [RFC(9112, "7.1.1"), RFC(9110, "7.6.1")],
                "chunks are for one connection, and likely to be made anew for the next"),
        Question("Is it a 502?", Answers(502)),
    ],
)
