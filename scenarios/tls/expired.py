"""The upstream's certificate has expired.

A certificate ties a name to a key, from one day to another. This one was good until yesterday. The upstream works as it
always did, it has the right name and the right key, and its answer is ready. But whoever checks the certificate finds
that its time is over. What does the client get?
"""

from lab import *

scenario = Scenario(
    lesson="The end of a certificate is known from its first day: do not wait until a 502 reminds you.",
    guess="Nothing is broken but a date. Does the client get its report?",
    client=Get("/report"),
    upstream=[
        StartTLS(certificate="expired", wrong="its certificate was valid until yesterday", right=StartTLS()),
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
    level=1,
    needs=["tls"],
    expect=[
        Should("no request goes to a server that has not proved its name", Asked(0), RFC(9110, "4.3.4"),
               "towards the upstream a gateway is a client, and an automated one: nobody is there to be asked"),
        Fitting("whoever refuses the certificate says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.14"), RFC(9110, "15.6.3")]),
        Question("Does the gateway name the certificate?", Reports("tls_certificate_error")),
    ],
)
