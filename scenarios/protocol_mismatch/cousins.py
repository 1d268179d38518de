"""It looks like HTTP, and is a cousin.

Internet radio once greeted with "ICY 200 OK". RTSP, which steers cameras, and SIP, which starts telephone calls, took
over the status line of HTTP and its three digits. Their fields look the same as well. A gateway that looks only for
"200 OK" is soon satisfied. What should it look at first?
"""

from lab import *

scenario = Scenario(
    lesson="200 OK is said in many languages: the first word of the line says which, and only one of them is HTTP.",
    guess="All but one word is right. 200 or 502?",
    client=Get("/stream"),
    vary={"ICY": b"ICY", "RTSP": b"RTSP/1.0", "SIP": b"SIP/2.0"},
    upstream=lambda protocol: [
        ReceiveRequest(),
        Send(
            protocol + b" 200 OK\r\n",
            wrong="the status line of another protocol",
            right=Send(b"HTTP/1.1 200 OK\r\n"),
        ),
        Send(
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("what the client gets is HTTP", Not(Got("not-http", "own")), [RFC(9110, "3.7"), RFC(9112, "4")],
                "whatever a gateway speaks behind, to its client it is a server of HTTP"),
        Fitting("no answer of HTTP is made of it", Not(Disguised()), RFC(9112, "2.3"),
                "the name of the protocol is HTTP: only who really speaks the other one can translate"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
