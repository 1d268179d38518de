"""A chunk does not begin with its size.

Each chunk begins with its size in hexadecimal digits. Here stands something else. From this byte on, nobody can tell
sizes from content: what follows may be five bytes, or the next chunk, or anything. The gateway has all of it at once,
before it has passed on a byte. What does the client get?
"""

from lab import *

scenario = Scenario(
    lesson="One unreadable size, and the rest of the connection is noise: what is left is to stop, and to say so.",
    guess="Which of these sizes do you think will be read as a number?",
    client=Get("/report"),
    vary={"word": b"five", "sign": b"+5", "prefix": b"0x5", "nothing": b""},
    upstream=lambda size: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            size + b"\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
            wrong="this is no chunk size",
            right=Send(
                b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Transfer-Encoding: chunked\r\n", b"\r\n", h1.chunked(b"hello"),
            ),
        ),
    ],
    reports=["http_response_transfer_coding"],
    cause="A25",
    level=2,
    expect=[
        Follows("nothing but hello is given out as the content", Either(Not(Disguised()), ClientSees(b"hello")),
                [RFC(9112, "7.1"), RFC(9112, "8")], "five bytes are there; whoever cannot decode them has none"),
        Fitting("no size is guessed", Not(Disguised()), RFC(9112, "7.1"), "a size is hexadecimal digits, nothing else"),
        Fitting("the damage goes no further", Not(Got("not-http")), [RFC(9112, "7.1.1"), RFC(9110, "7.6.1")],
                "chunks are for one connection, and likely to be made anew for the next"),
        Question("Is it a 502?", Answers(502)),
        Question("Does Proxy-Status name it?", Reports("http_response_transfer_coding")),
    ],
)
