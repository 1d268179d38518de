"""Content-Length is no number.

Content-Length says how many bytes of content follow, in decimal digits. Here it says something else. Without the
number nobody knows where the content ends, and so where the next answer on this connection would begin. Five bytes
follow. Can the gateway make do with them?
"""

from lab import *

scenario = Scenario(
    lesson="When the length cannot be read, the answer cannot be used: there is no safe guess where it ends.",
    guess="Five bytes are plainly there. Does the client get them?",
    client=Get("/report"),
    vary={"word": b"abc", "negative": b"-1", "hexadecimal": b"0x5", "fraction": b"5.0"},
    upstream=lambda length: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Content-Length: " + length + b"\r\n",
            wrong="this is no number of bytes",
            right=Send(b"Content-Length: 5\r\n"),
        ),
        Send(
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A9",
    level=2,
    expect=[
        Must("the answer is discarded", Not(Either(MadeBy("upstream"), Got("not-http"))),
             RFC(9112, "6.3(5)"), "an unrecoverable error"),
        Fitting("the client gets a 502", Answers(502), [RFC(9112, "6.3(5)"), RFC(9110, "15.6.3")],
                "the sentence binds proxies: a proxy MUST send a 502"),
    ],
)
