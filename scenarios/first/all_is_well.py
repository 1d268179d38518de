"""All is well.

A client asks for a report. The gateway passes the request on to the upstream, the server behind it. The upstream
answers: a status line, a few field lines, an empty line, and five bytes of content, as many as it promised. The gateway
passes the answer back. How can the client tell that this is all?
"""

from lab import *

scenario = Scenario(
    lesson="This answer says how long it is: count the bytes, and you know that it is complete.",
    guess="Which status does the client see, and who wrote it: the gateway or the upstream?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",            # the status line: the request went well
            NONCE, FIELDS,                     # who made it; what tests may add (here nothing)
            b"Content-Type: text/plain\r\n",   # a field line: a name, a colon, a value
            b"Content-Length: 5\r\n",          # the promise: five bytes of content
            b"\r\n",                           # the empty line: the header section ends here
            b"hello",                          # five bytes: the promise is kept
        ),
    ],
    reports=[],
    expect=[
        Follows("the client gets the upstream's answer", Got("relayed"), RFC(9110, "3.7"),
                "a gateway gets its answers from the servers behind it"),
        Follows("the answer is complete", Complete(), RFC(9112, "6.3(6)"),
                "five bytes were promised, and five have come"),
    ],
)
