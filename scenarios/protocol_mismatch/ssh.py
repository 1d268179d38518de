"""The port number is wrong by a little, and somebody else lives there.

The gateway was told port 22 in place of 8022. There an SSH server greets everybody at once, before it is asked
anything. The greeting arrives on a connection on which no request was sent yet, or just after it. It is text, and it
ends with CR LF, like a status line. Is it one?
"""

from lab import *

scenario = Scenario(
    lesson="A line with a version in it is not yet a status line: look at its first letters, HTTP and a slash.",
    guess="Does the greeting reach the client?",
    client=Get("/report"),
    upstream=Peer(
        [
            Send(b"SSH-2.0-lab\r\n"),  # speaks first, unasked
            Receive(),
            Close(),                   # the request is no greeting of SSH
        ],
        wrong="this port speaks SSH",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("the client gets neither the greeting nor an answer made of it",
                Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "2.1"), RFC(9112, "9.2")], "no message of HTTP, and what comes unasked is no response"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
        Question("Does the client see whom the gateway reached?", ClientSees(b"SSH-2.0")),
    ],
)
