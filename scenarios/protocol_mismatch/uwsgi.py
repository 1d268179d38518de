"""The application's own socket answers.

Between a web server and an application there is often a protocol that nobody outside ever sees. In uwsgi a message
begins with four bytes: a number, a length in two bytes, another number. Here the gateway was told the application's
own port and sends HTTP: "GET " makes a message of 21,573 bytes, of which the application gets only the beginning. It
gives up and closes. What has it said?
"""

from lab import *

scenario = Scenario(
    lesson="A program that reads your first letters as a length says nothing and hangs up: ask what the port speaks.",
    guess="No byte comes back. Is it a fault of the connection, or of the protocol?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),   # G: 71. ET: a length of 0x5445, the lower byte first. A space: 32
            Close(),     # no such message, and no word about it
        ],
        wrong="this port speaks uwsgi",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["connection_terminated"],
    level=3,
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("the client gets a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")]),
    ],
)
