"""Somebody else's introduction comes before the answer.

Gateways that pass on bare connections introduce the client first: a line that says "PROXY", and who is calling from
where. It is meant for the server. Here a box on the way adds it to the answers as well, so the gateway reads an
introduction where a status line should be. Version 1 is a line of text; version 2 is binary, and begins like two empty
lines. The answer stands behind it, whole and correct. Is it close enough?
"""

from lab import *

scenario = Scenario(
    lesson="An answer behind somebody else's bytes is none: nobody knows what else that box puts there.",
    guess="Does the answer behind the introduction count?",
    client=Get("/report"),
    vary={
        "version 1": b"PROXY TCP4 192.0.2.1 192.0.2.2 56324 80\r\n",
        "version 2": b"\r\n\r\n\0\r\nQUIT\n" b"\x20\x00\x00\x00",   # the signature; version 2, local, no address
    },
    upstream=lambda introduction: [
        ReceiveRequest(),
        Send(introduction, wrong="a preamble of the PROXY protocol where the status line should be"),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A21",
    level=3,
    expect=[
        Follows("the introduction goes no further",
                Either(Got("reported"), Not(Either(ClientSees(b"PROXY TCP4"), ClientSees(b"QUIT\n")))),
                [RFC(9112, "2.1"), RFC(9112, "4")], "it is no part of an HTTP message"),
        Fitting("nobody searches for an answer", Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "2.1"), RFC(9112, "11.1")], "whoever can put bytes in front can also put an answer there"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
