"""The upstream shows somebody else's certificate.

The gateway asks for upstream.test, and is shown a certificate for another name. It is genuine: signed by a certificate
authority that everybody trusts, and within its time. It proves beyond doubt that the one who shows it is somebody else.
Does it matter, where only one server can be at that address anyway?
"""

from lab import *

scenario = Scenario(
    lesson="A certificate answers one question: is this the name I asked for? Genuine and wrong is still wrong.",
    guess="A good certificate with another name: does the client get its report?",
    client=Get("/report"),
    upstream=[
        StartTLS(certificate="wrong-name", wrong="its certificate is for another name", right=StartTLS()),
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
