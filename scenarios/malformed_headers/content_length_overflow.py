"""The length is too large for the machine.

The upstream announces 18446744073709551621 bytes, sends five of them and closes. The number is 2 to the power of 64,
plus 5. A program that counts in 64 bits without care sees it turn over, like the counter of an old car, and reads 5.
Then all five bytes are there, and everything looks complete. Does anybody notice?
"""

from lab import *

scenario = Scenario(
    lesson="A number that does not fit is not a small number: refuse it before you count with it.",
    guess="Is this answer complete?",
    client=Get("/disk-image"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Content-Length: 18446744073709551621\r\n",  # 2 ** 64 + 5
            wrong="nobody can send so much",
            right=Send(b"Content-Length: 5\r\n"),
        ),
        Send(
            b"\r\n",
            b"hello",
        ),
        Close(),
    ],
    reports=["http_response_body_size", "http_response_incomplete", "connection_terminated", "http_protocol_error"],
    cause="A9",
    level=3,
    expect=[
        Must("it does not turn over to five bytes", Not(Disguised()),
             RFC(9110, "8.6"), "a recipient MUST prevent errors from integer overflow"),
        Question("Is it a 502?", Answers(502)),
    ],
)
