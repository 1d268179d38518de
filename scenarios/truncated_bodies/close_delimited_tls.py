"""Under TLS, the goodbye is missing.

No length, no chunks: the content lasts until the connection is closed. The connection is secured by TLS, where a
close has a sign of its own, the closure alert, which nobody can forge. It does not come. A bare close could come from
the upstream, or from anybody on the way who wanted to cut the answer short. Is it complete?
"""

from lab import *

scenario = Scenario(
    lesson="Under TLS a close without its closure alert proves nothing: anybody on the way could have cut the line.",
    guess="The same bytes, the same close, but under TLS: complete or not?",
    client=Get("/story"),
    upstream=[
        StartTLS(),
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"\r\n",
            b"And the murderer is",
        ),
        Close(alert=False, wrong="closed without a closure alert", right=Close()),
    ],
    reports=["http_response_incomplete", "tls_protocol_error", "connection_terminated"],
    cause="A25",
    level=3,
    needs=["tls"],
    expect=[
        Follows("it does not look complete", Not(Disguised()),
                [RFC(9112, "9.8"), RFC(9112, "8")], "complete only if a valid closure alert has been received"),
        Question("Is it a 502?", Answers(502)),
    ],
)
