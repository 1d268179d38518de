"""The last chunk never comes.

The content comes in chunks, each with its size in front. The end is a chunk of size zero. The upstream sends one
chunk, whole and correct, and closes without the zero. Every byte that came is fine. But was that all, or was there
more to say?
"""

from lab import *

scenario = Scenario(
    lesson="In chunks, only the zero says that it is the end: without it you have a beginning, however long.",
    guess="Whole chunks, polite close, no zero: complete or not?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",      # five bytes follow
            b"hello\r\n",
        ),
        Close(wrong="the last chunk is missing", right=Send(b"0\r\n", b"\r\n")),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=1,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()),
                RFC(9112, "8"), "incomplete, because the chunk of size zero has not been received"),
        Question("Is it a 502?", Answers(502)),
        Question("Does Proxy-Status name it?", Reports("http_response_incomplete")),
    ],
)
