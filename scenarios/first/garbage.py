"""The answer is nonsense.

The upstream takes the request, and then something in it goes wrong: instead of an answer, it writes the last words of a
program that crashes. There is no status line, so there is no status; nothing in it is HTTP. The gateway has to tell its
client something. What?
"""

from lab import *

scenario = Scenario(
    lesson="What is not HTTP has no status: whatever number the client sees, somebody else made it up.",
    guess="Does the client see the nonsense, or something else?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"Segmentation fault (core dumped)\n",
            wrong="this is no answer in HTTP",
            right=Send(
                b"HTTP/1.1 200 OK\r\n",
                NONCE, FIELDS,
                b"Content-Length: 5\r\n",
                b"\r\n",
                b"hello",
            ),
        ),
        Close(),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    expect=[
        Follows("what the client gets is HTTP", Not(Got("not-http")),
                [RFC(9110, "3.7"), RFC(9112, "4")], "to its client a gateway is a server, and a server's answer begins"
                " with a status line"),
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5"), RFC(9112, "4")], "without a status line nothing is said of it"),
        Fitting("it is a 502", Answers(502), RFC(9110, "15.6.3"), "an invalid response is what 502 is defined for"),
    ],
)
