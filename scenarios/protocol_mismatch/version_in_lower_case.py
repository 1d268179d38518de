"""The version is written in small letters.

Much in HTTP may be written in capitals or not: the names of fields, the names of codings. The version may not: it is
HTTP in capitals. This upstream writes "http/1.1". Everybody can see what is meant. Is that enough?
"""

from lab import *

scenario = Scenario(
    lesson="Field names may be written as you like, the version may not: in HTTP, capitals sometimes count.",
    guess="Small letters: 200 or 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"http/1.1 200 OK\r\n",
            wrong="the version is not in capitals",
            right=Send(b"HTTP/1.1 200 OK\r\n"),
        ),
        Send(
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=3,
    expect=[
        MustNot("the small letters are passed on", ClientSees(b"http/1.1 200"),
                RFC(9112, "2.3"), "intermediaries MUST send their own version"),
        Follows("the client gets the answer, or none", Not(Got("disguised", "not-http")),
                [RFC(9112, "2.3"), RFC(9110, "2.4")], "it is recovered or refused; there is no third way"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it forgiven?", Got("relayed", "repaired")),
    ],
)
