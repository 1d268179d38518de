"""The status code is 600, or 999.

Three digits, but of a class that does not exist: the codes of HTTP go from 100 to 599. Some programs use higher ones
among themselves, and sometimes one escapes. A client is advised to treat it like a server error. What does a gateway
do, which is a client on this side and a server on the other?
"""

from lab import *

scenario = Scenario(
    lesson="There is no class beyond 5xx: a code outside 100 to 599 is invalid, and is best taken for a server error.",
    guess="Does the client see this number, a 502, or something else?",
    client=Get("/report"),
    vary={"600": b"600", "999": b"999"},
    upstream=lambda code: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 " + code + b" Go Away\r\n",
            wrong="a status code outside 100 to 599",
            right=Send(b"HTTP/1.1 503 Go Away\r\n"),
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
        Should("it is taken for a server error", Either(Got("reported"), Answers(500, 501, 502, 503, 504)),
               RFC(9110, "15")),
        Follows("it is taken for nothing else", Either(Not(Got("disguised", "own")), Answers(500, 501, 502, 503, 504)),
                RFC(9110, "15"), "the code is invalid, so no other meaning may be read into it"),
    ],
)
