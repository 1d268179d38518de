"""The gateway introduces its client, and the upstream takes that for a request.

This gateway has been told to speak the PROXY protocol: each upstream connection begins with a line that says for which
client it is made. The upstream speaks HTTP and nothing else. It reads that line as what should stand there, a request
line, and "PROXY TCP4 127.0.0.1 ..." is a very bad one. It says so, with a 400. Who will take it for his own fault?
"""

from lab import *

scenario = Scenario(
    lesson="A 400 to a client that did nothing wrong: look for bytes that somebody has put before its request.",
    guess="Whose fault does the client think it is?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 400 Bad Request\r\n",
            NONCE, FIELDS,
            b"Content-Length: 26\r\n",
            b"Connection: close\r\n",
            b"\r\n",
            b"This is no request of HTTP",
            watch="a valid answer, to a line that the client has not sent",
        ),
        Close(),
    ],
    reports=[],
    cause="A21",
    level=2,
    needs=["proxy-v1"],
    expect=[
        Follows("it is passed on", Got("relayed"), RFC(9110, "7.6"), "a valid answer, whomever it may mean"),
        Question("Did the upstream read the client's address first?", UpstreamSees(b"PROXY TCP4 ")),
        Question("Does the client see a 400?", Answers(400)),
    ],
)
