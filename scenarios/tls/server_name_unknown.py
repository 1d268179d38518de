"""The upstream knows no such name.

One machine can serve many names, so a client says at the very beginning which one it wants. The gateway asks for
upstream.test. The upstream serves only www.test, and it is strict: for a name that it does not know it has no
certificate to show, and it ends the handshake with the alert unrecognized_name. Who has got the name wrong?
"""

from lab import *

scenario = Scenario(
    lesson="With TLS the name is asked for before the request: a wrong one fails before any HTTP is spoken.",
    guess="Is it a 404, since the upstream does not know the name?",
    client=Get("/report"),
    upstream=[
        StartTLS(server_name="www.test", wrong="it serves another name than it is asked for", right=StartTLS()),
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
    cause="A12",
    level=2,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the client never chose that name"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.15"), RFC(9110, "15.6.3")]),
        Question("Does the gateway tell of the alert?", Reports("tls_alert_received")),
    ],
)
