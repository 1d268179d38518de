"""The upstream answers in HTTP/2.

The gateway asks in HTTP/1.1. The upstream was started for HTTP/2 only, and begins as every HTTP/2 server does: with a
SETTINGS frame. Then it reads the request, finds that this is not HTTP/2, and says goodbye with GOAWAY. Both frames
are binary. Does the gateway see that it is talking to the wrong version?
"""

from lab import *

scenario = Scenario(
    lesson="HTTP/2 shares its meaning with HTTP/1.1, but not one byte: agree beforehand which you speak.",
    guess="What will the gateway call these bytes?",
    client=Get("/report"),
    upstream=Peer(
        [
            Send(h2.settings()),                                  # what every server of HTTP/2 begins with
            Receive(),                                            # no HTTP/2 preface
            Send(h2.goaway(h2.ErrorCode.PROTOCOL_ERROR)),         # and goodbye: no stream was served
            Close(),
        ],
        wrong="this port speaks HTTP/2, and the gateway asks in HTTP/1.1",
        right=[ReceiveRequest(), Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n\r\n")],
    ),
    reports=["http_protocol_error"],
    cause="A14",
    level=2,
    expect=[
        Follows("the client gets neither the frames nor an answer made of them",
                Not(Got("disguised", "not-http", "own")), RFC(9112, "2.1"), "no message of HTTP/1.1 begins so"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
