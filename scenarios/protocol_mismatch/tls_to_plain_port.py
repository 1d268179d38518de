"""The gateway speaks TLS, the upstream does not.

Somebody switched the gateway to https and forgot the upstream. The gateway opens a connection and sends the first
message of a TLS handshake. To a plain HTTP server these are strange bytes: it answers, in plain text, that this is no
request. The gateway expected the other half of a handshake. What does the client get to know?
"""

from lab import *

scenario = Scenario(
    lesson="TLS on one side only: words come where a handshake should be. Check the scheme and the port.",
    guess="The upstream says 400. What does the client see?",
    client=Get("/report"),
    upstream=Peer(
        [
            Receive(),  # the ClientHello, to a server that expects a request
            Send(
                b"HTTP/1.1 400 Bad Request\r\n",
                NONCE, FIELDS,
                b"Content-Length: 0\r\n",
                b"Connection: close\r\n",
                b"\r\n",
            ),
            Close(),
        ],
        secure=True,
        wrong="this port speaks plain HTTP, and the gateway was told to use TLS",
        right=[StartTLS(), ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["tls_protocol_error"],
    cause="A10",
    level=2,
    needs=["tls"],
    expect=[
        Follows("the 400 is not passed on", Not(MadeBy("upstream")), [RFC(9110, "4.2.2"), RFC(9112, "9.7")],
                "a client accepts secured responses only to its secured requests, and these bytes were not secured"),
        Fitting("the client gets a 502", Answers(502), [RFC(9110, "15.6.3"), RFC(9209, "2.3.13")]),
        Question("Does Proxy-Status say that it was TLS?", Reports("tls_protocol_error")),
    ],
)
