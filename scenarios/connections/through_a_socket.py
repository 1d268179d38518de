"""The upstream has a path, and no address.

All is well, only that nothing here goes over a network: the gateway reaches the upstream at a Unix socket, by the path
of a file. HTTP does not care, a connection is a connection. One thing needs a thought: a path is no host, and every
request has to say for which host it is meant. What does the upstream read in Host?
"""

from lab import *

scenario = Scenario(
    lesson="Where a request goes, and for whom it is meant, are two things: Host says the second.",
    guess="Host: the path, the client's word, or nothing?",
    client=Get("/report"),
    upstream=UnixSocket([
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ]),
    reports=[],
    level=2,
    needs=["unix"],
    expect=[
        Must("a host is named, unless it is asked in HTTP/1.0",
             Either(UpstreamSees(b"\r\nHost:"), UpstreamSees(b"\r\nhost:"), UpstreamSees(b" HTTP/1.0\r\n")),
             RFC(9112, "3.2"), "a client MUST send Host in all requests of HTTP/1.1, and the gateway is one here"),
        Follows("the answer is passed on", Got("relayed"), RFC(9110, "7.6"), "a connection is all that HTTP asks for"),
        Question("Does the upstream learn which host the client asked for?",
                 Either(UpstreamSees(b"\r\nHost: lab.test\r\n"), UpstreamSees(b"\r\nhost: lab.test\r\n"))),
    ],
)
