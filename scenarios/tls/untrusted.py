"""A stranger vouches for the upstream.

The upstream's certificate is signed by a certificate authority, as it should be. But it is not one that the gateway has
been told to trust; perhaps the company's own, made last week. The name is right, the dates are right, the signature is
right. What is missing is not on the upstream's side at all. Where is it missing?
"""

from lab import *

scenario = Scenario(
    lesson="Trust is a setting: a certificate is as good as the list of authorities that it is checked against.",
    guess="Who has to change something: the upstream, the authority, or the gateway?",
    client=Get("/report"),
    upstream=[
        StartTLS(certificate="untrusted", wrong="its authority is not one that the gateway trusts", right=StartTLS()),
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
