"""A chunk is larger than the world.

The chunk says that 10000000000000005 bytes follow, in hexadecimal: 2 to the power of 64, plus 5. Five bytes follow,
and then a perfect end. A program that counts in 64 bits without care sees the number turn over to 5, and finds
nothing wrong at all. Who counts with care?
"""

from lab import *

scenario = Scenario(
    lesson="A size that turns over is read differently by each machine: check it before you count with it.",
    guess="Is hello all there is?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"10000000000000005\r\n",  # 2 ** 64 + 5
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
            wrong="nobody can send so much in one chunk",
            right=Send(
                b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Transfer-Encoding: chunked\r\n", b"\r\n", h1.chunked(b"hello"),
            ),
        ),
        Close(),
    ],
    reports=["http_response_transfer_coding", "http_response_incomplete", "http_response_body_size"],
    cause="A25",
    level=3,
    expect=[
        Must("it does not turn over to five bytes", Not(Disguised()),
             RFC(9112, "7.1"), "recipients MUST prevent errors from integer overflow"),
        Question("Is the size passed on as it is?", ClientSees(b"10000000000000005\r\n")),
        Question("Is it a 502?", Answers(502)),
    ],
)
