"""A database answers.

The gateway was told the port of Redis. Redis knows a command that is called GET, so it reads the first word with
interest. But GET has one argument there, not two, and it says so: a line that begins with "-ERR". Does the client get
to read it?
"""

from lab import *

scenario = Scenario(
    lesson="A word that both protocols know is no common language: what comes back is not HTTP, and not an answer.",
    guess="Will the client see the minus sign?",
    client=Get("/report"),
    upstream=Peer(
        [
            ReceiveRequest(),  # GET /report HTTP/1.1: to Redis, GET with one argument too many
            Send(b"-ERR wrong number of arguments\r\n"),
            Close(),
        ],
        wrong="this port speaks the protocol of Redis",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("the client gets neither the line nor an answer made of it",
                Not(Got("disguised", "not-http", "own")), RFC(9112, "2.1"), "no message of HTTP begins so"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Do the database's words reach the client?", ClientSees(b"-ERR")),
    ],
)
