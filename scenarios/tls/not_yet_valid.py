"""The upstream's certificate comes from the future.

A certificate has a first day, too. This one has been made for next year and put in place too early. Or so it looks from
here: to somebody whose clock has stopped, every new certificate looks like this. How can one tell which it is?
"""

from lab import *

scenario = Scenario(
    lesson="A certificate from the future means a wrong certificate or a wrong clock: look at the clocks first.",
    guess="Is a certificate that will be good as good as one that is?",
    client=Get("/report"),
    upstream=[
        StartTLS(certificate="not-yet-valid", wrong="its certificate will be valid in a year", right=StartTLS()),
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
