"""The upstream wants to know who is asking.

Most servers prove their name to anybody. This one wants proof in return: a client certificate, and the gateway has none
to show. How the upstream says so depends on the version of TLS. Up to 1.2 its alert comes in the middle of the
handshake. In 1.3 the handshake is over for the gateway by then, and its request may be on the way. What does it make of
that?
"""

from lab import *

scenario = Scenario(
    lesson="Since TLS 1.3 a finished handshake may still be refused: the answer to a request can be an alert.",
    guess="When does the gateway learn of it: before it has sent the request, or after?",
    client=Get("/report"),
    vary={"TLS 1.2": "1.2", "TLS 1.3": "1.3"},
    upstream=lambda newest: [
        StartTLS(
            client_certificate=True,
            newest=newest,
            wrong="it demands a certificate that the gateway does not have",
            right=StartTLS(newest=newest),
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
    reports=["tls_alert_received"],
    level=3,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "it was the gateway that was asked for a certificate"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.15"), RFC(9110, "15.6.3")]),
        Question("Does the gateway tell of the alert?", Reports("tls_alert_received")),
    ],
)
