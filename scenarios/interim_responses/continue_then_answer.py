"""The client asks before it sends.

The client has a film to upload. First it sends only the header section, and with Expect it asks: do you want the rest?
The upstream looks at the request and says 100, go on. Only then the client sends the content, and gets its answer. Two
parties talk to each other through a third. Who gives the client its 100?
"""

from lab import *

scenario = Scenario(
    lesson="Expect: 100-continue lets the server choose before the content is sent, and costs one round of waiting.",
    guess="Is the 100 that the client sees the upstream's?",
    client=[
        Send(
            b"POST /films HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Expect: 100-continue\r\n",        # do you want it?
            b"Content-Length: 11\r\n",
            b"\r\n",
        ),
        Until(ClientSees(b"HTTP/1.1 100"), else_after=1),
        Send(b"a long film"),
    ],
    upstream=[
        ReceiveRequest(content=0),              # the header section is enough to decide
        Send(
            b"HTTP/1.1 100 Continue\r\n",       # yes, go on
            b"\r\n",
            watch="an interim response for which somebody waits",
        ),
        Receive(11),
        Send(
            b"HTTP/1.1 201 Created\r\n",
            NONCE, FIELDS,
            b"Location: /films/1\r\n",
            b"Content-Length: 0\r\n",
            b"\r\n",
        ),
    ],
    reports=[],
    level=2,
    needs=["interim", "streams-upload"],
    expect=[
        Must("the client is told to go on, or refused at once", Either(ClientSees(b"HTTP/1.1 100"), MadeBy("gateway")),
             [RFC(9110, "10.1.1"), RFC(9110, "3.7")],
             "to its client a gateway is an origin server, which sends a final response or a 100, and does not wait"),
        Follows("the client gets the upstream's answer, or a 417", Either(Got("relayed"), Answers(417)),
                [RFC(9110, "15.2.1"), RFC(9110, "15.5.18")],
                "the 100 was not the last word; a gateway that meets no expectation says so"),
        Question("Is the upstream asked, too?", UpstreamSees(b"100-continue")),
    ],
)
