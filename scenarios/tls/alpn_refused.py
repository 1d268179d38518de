"""Both speak TLS, but not the same HTTP.

During the handshake both sides also settle what will be spoken afterwards. The gateway wants to speak HTTP/1.1. The
upstream speaks HTTP/2 and nothing else, and says so with the alert no_application_protocol, before anything else can go
wrong. Is this a fault of TLS, or of HTTP?
"""

from lab import *

scenario = Scenario(
    lesson="Better to find out in the handshake that there is no common language than to find out from nonsense.",
    guess="Which of the two will the gateway report, a TLS error or an HTTP error?",
    client=Get("/report"),
    upstream=[
        StartTLS(
            alpn=("h2",),
            refuse_alpn=True,
            wrong="it speaks HTTP/2 alone, which is not on offer",
            right=StartTLS(alpn=("http/1.1",)),
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
    cause="A14",
    level=3,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "what the client speaks is another connection's matter"),
        Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.15"), RFC(9110, "15.6.3")]),
        Question("Does the gateway tell of the alert?", Reports("tls_alert_received")),
    ],
)
