"""The upstream vouches for itself.

Its certificate has the right name and the right dates, and is signed with its own key. It says: I am upstream.test,
because I say so. Anybody can make such a certificate within a second, for any name. The connection would be encrypted
all the same. But with whom would the gateway be talking?
"""

from lab import *

scenario = Scenario(
    lesson="Encrypted is not the same as known: without somebody who vouches, one shares a secret with a stranger.",
    guess="Is an encrypted connection to nobody knows whom good enough?",
    client=Get("/report"),
    upstream=[
        StartTLS(certificate="self-signed", wrong="its certificate is signed by itself", right=StartTLS()),
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
