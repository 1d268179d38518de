"""The upstream is too old to be safe.

It has not been touched for fifteen years, and speaks TLS 1.1 at most. That was good then. By now that version is known
to be weak, and newer programs no longer offer it. Both sides are ready to talk, and there may be no version left that
both accept. What is left of the handshake?
"""

from lab import *

scenario = Scenario(
    lesson="Security has a lower limit, too: what was safe once is refused today, and nobody had to touch anything.",
    guess="Nothing has changed at the upstream. Why does it fail now?",
    client=Get("/report"),
    upstream=[
        StartTLS(oldest="1.0", newest="1.1", wrong="it speaks TLS 1.1 at most", right=StartTLS()),
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["tls_alert_received", "tls_protocol_error"],  # which, depends on who of the two gives up first
    level=3,
    needs=["tls"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and nobody has answered it"),
        Fitting("whoever refuses says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.13"), RFC(9209, "2.3.15"), RFC(9110, "15.6.3")]),
        Question("Does the gateway accept the old version?", MadeBy("upstream")),
    ],
)
