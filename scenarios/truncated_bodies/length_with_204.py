"""A 204 announces a length.

204 means that there is no content. The upstream announces five bytes all the same, and sends none. Whoever believes
the number waits for bytes that never come; the upstream keeps the connection open and waits as well. How long does the
client wait?
"""

from lab import *

scenario = Scenario(
    lesson="For a 204 the status code decides where it ends, not the length: believe the number and you wait for ever.",
    guess="An answer at once, a time-out, or a 502?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 204 No Content\r\n",
            NONCE, FIELDS,
        ),
        Send(b"Content-Length: 5\r\n", wrong="a length, where there can be no content"),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        Follows("nobody waits for the five bytes", Not(Got("disguised", "hung")),
                RFC(9112, "6.3(1)"), "it ends with the first empty line, regardless of its fields"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        MustNot("the length is sent on with the 204", HasField(b"Content-Length: 5"), RFC(9110, "8.6"),
                "a server MUST NOT send it, and towards its client the gateway is one"),
    ],
)
