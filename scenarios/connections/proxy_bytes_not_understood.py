"""The introduction comes in bytes, and looks like nothing at all.

Version 2 of the PROXY protocol says the same as version 1, not in a line of text but in bytes. They begin with two
empty lines, a zero and the word "QUIT", made so that whoever does not know them stumbles. This upstream speaks HTTP
alone. It passes over the empty lines, and finds no request behind them that it could answer. So it hangs up.
"""

from lab import *

scenario = Scenario(
    lesson="The second version of an introduction is made to be refused: better a clear end than a wrong client.",
    guess="An answer, or the end of the connection?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Close(
            wrong="it does not know what these bytes mean",
            right=Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
    ],
    reports=["connection_terminated"],
    cause="A21",
    level=3,
    needs=["proxy-v2"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
        Question("Did the signature come first?", UpstreamSees(b"\r\n\r\n\0\r\nQUIT\n")),
    ],
)
