"""The compressed content is damaged.

The content was compressed with gzip, and one of its check bytes is wrong. Length and framing are in order, every byte
that was announced has come. A gateway need not look inside. Only who unpacks it can find the damage. Who will be the
first to notice?
"""

from lab import *

scenario = Scenario(
    lesson="Complete is not correct: framing counts the bytes, only who decodes the content finds that they are wrong.",
    guess="Will the gateway notice?",
    client=Get("/report", b"Accept-Encoding: gzip\r\n"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Encoding: gzip\r\n",
            b"Content-Length: 25\r\n",
            b"\r\n",
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",  # this is gzip
            b"\xcb\x48\xcd\xc9\xc9\x07\x00",              # hello, compressed
        ),
        Send(b"\x86\xa6\x10\x37", wrong="the checksum is wrong by one", right=Send(b"\x86\xa6\x10\x36")),
        Send(b"\x05\x00\x00\x00"),                        # five bytes, unpacked
    ],
    reports=["http_response_content_coding"],
    level=2,
    unseen="the framing is right; only the content, once unpacked, is wrong",
    expect=[
        Follows("it is passed on as it is, or reported", Not(Got("disguised", "not-http")),
                RFC(9110, "8.4.1"), "content is often passed on in coded form, and only the last recipient decodes it"),
        Question("Does the gateway notice?", Not(Got("relayed"))),
    ],
)
