"""A hundred interim responses, and then the answer.

The upstream works for a long time and says after every step that it is still there: 102, a hundred times. Each of them
is short, correct and allowed, and behind them comes the answer. No standard says how many there may be. But each has to
be read, and perhaps to be passed on. How many is too many?
"""

from lab import *

scenario = Scenario(
    lesson="Any number of interim responses may come: who sets a limit should know why, and say so when it is reached.",
    guess="Does the client get its answer, and how many lines before it?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 102 Processing\r\n\r\n" * 100,
            watch="many, and each of them in order",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    cause="A23",
    level=3,
    needs=["interim"],
    expect=[
        Follows("no answer is made of them", Not(Got("own", "blamed-client", "disguised", "not-http")),
                [RFC(9110, "15"), RFC(9112, "9.2")], "the answer is the first response that is not a 1xx"),
        Fitting("the client gets the answer", Got("relayed"), RFC(9110, "15.2"),
                "one or more are to be read, and nothing is said of a limit"),
        Question("Are they passed on?", ClientSees(b"HTTP/1.1 102")),
    ],
)
