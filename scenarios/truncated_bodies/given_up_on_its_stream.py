"""The end is missing, and the client speaks HTTP/2.

The upstream sends its answer in chunks and closes before the last one. HTTP/2 has no chunks: there a frame says with
the flag END_STREAM that the answer is complete. Here that would be a lie. How else can the client learn that no more
will come? And what becomes of the other requests on its connection?
"""

from lab import *

scenario = Scenario(
    lesson="HTTP/2 can give up one answer and say so, RST_STREAM, where HTTP/1.1 has to end the whole connection.",
    guess="What does the client get after the five bytes?",
    client=Get("/report", version="2"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\nhello\r\n",              # no length was said: only the end can tell that this is not all
        ),
        Close(wrong="the last chunk is missing", right=Send(b"0\r\n\r\n")),
    ],
    reports=["http_response_incomplete", "http_response_transfer_coding", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), [RFC(9112, "8"), RFC(9113, "8.1")],
                "chunks without the last one are incomplete, and END_STREAM would say that all has come"),
        Should("the client is not left waiting", Not(Got("hung")), RFC(9112, "9.5"),
               "an end of the upstream connection is to be noticed, and answered as appropriate"),
        Question("Is it a 502?", Answers(502)),
    ],
)
