"""The status line is spaced out.

One space stands between the version, the code and the reason: so says the grammar. The upstream writes two, or a tab.
A recipient may split the line at any whitespace and go on. Is this one so kind?
"""

from lab import *

scenario = Scenario(
    lesson="Whitespace in the status line may be forgiven by each recipient; kind recipients that differ are a risk.",
    guess="Two spaces in place of one: 200 or 502?",
    client=Get("/report"),
    vary={"two spaces": b"HTTP/1.1  200 OK\r\n", "tab": b"HTTP/1.1\t200 OK\r\n", "before": b" HTTP/1.1 200 OK\r\n"},
    upstream=lambda line: [
        ReceiveRequest(),
        Send(line, wrong="whitespace that does not belong there", right=Send(b"HTTP/1.1 200 OK\r\n")),
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
        Follows("the client gets the answer, or none", Not(Got("disguised", "not-http")),
                RFC(9112, "4"), "the line may be parsed at whitespace, or is malformed; there is no third way"),
        Follows("the line is not passed on as it is",
                Not(Either(ClientSees(b"HTTP/1.1  200 OK\r\n"), ClientSees(b"HTTP/1.1\t200 OK\r\n"),
                           ClientSees(b" HTTP/1.1 200 OK\r\n"))),
                [RFC(9112, "2.3"), RFC(9110, "2.2")], "an intermediary writes the version anew, and so its own line"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is it forgiven?", Got("relayed", "repaired")),
    ],
)
