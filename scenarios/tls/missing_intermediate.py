"""A link in the chain is missing.

A certificate authority seldom signs a server's certificate itself. It signs an intermediate one, and that signs the
server's. The gateway knows the authority, and the upstream is to send the rest. It sends its own certificate and
forgets the one in the middle. Whoever has met that one before will not notice. How does it look to somebody who has
not?
"""

from lab import *

scenario = Scenario(
    lesson="It works for me proves little about a chain: a server has to send every link but the last.",
    guess="Each certificate is good. Is the chain?",
    client=Get("/report"),
    upstream=[
        StartTLS(
            certificate="missing-intermediate",
            wrong="the certificate in the middle of the chain is not sent",
            right=StartTLS(),
        ),
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["tls_certificate_error"],
    cause="A13",
    level=2,
    needs=["tls"],
    expect=[
        Should("no request goes to a server that has not proved its name", Asked(0), RFC(9110, "4.3.4"),
               "towards the upstream a gateway is a client, and an automated one: nobody is there to be asked"),
        Fitting("whoever refuses the certificate says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.14"), RFC(9110, "15.6.3")]),
    ],
)
