"""An answer of HTTP/1.0 comes in chunks.

Chunks came with HTTP/1.1. An answer of HTTP/1.0 that announces them has probably passed through an old program that
copied the field line without knowing what it means. The chunks may be real, or may have been counted wrongly on the
way. A recipient is told to distrust the framing. Does it still use the answer?
"""

from lab import *

scenario = Scenario(
    lesson="A field line can outlive the program that understood it: chunks in HTTP/1.0 are not to be trusted.",
    guess="The chunks look perfect. Is the answer used?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.0 200 OK\r\n",
            wrong="HTTP/1.0 knows no Transfer-Encoding",
            right=Send(b"HTTP/1.1 200 OK\r\n"),
        ),
        Send(
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
        ),
        Close(),
    ],
    reports=["http_protocol_error"],
    level=3,
    expect=[
        Follows("the client gets the five bytes or an error", Not(Disguised()), RFC(9112, "6.1"),
                "it may be processed, with the framing taken for faulty; the chunks are not content"),
        MustNot("it is passed on as HTTP/1.0", ClientSees(b"HTTP/1.0 200 OK\r\n"),
                RFC(9112, "2.3"), "intermediaries MUST send their own version"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is the answer used?", Got("relayed", "repaired")),
    ],
)
