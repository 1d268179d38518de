"""The chunks were wrapped once more.

"chunked, rot13" says that the content was put into chunks first and shifted by thirteen letters afterwards. Now the
chunks are hidden, and no recipient can find their end. The standard says to read until the connection closes. But
even then, the coding on the outside was never agreed on. Is there an answer in these bytes?
"""

from lab import *

scenario = Scenario(
    lesson="Chunked must come last, for it is the wrapping that shows where the answer ends.",
    guess="Can this be read at all?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Transfer-Encoding: chunked, rot13\r\n",
            wrong="chunked is not the last transfer coding",
            right=Send(b"Transfer-Encoding: chunked\r\n"),
        ),
        Send(
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
            b"\r\n",
        ),
        Close(),
    ],
    reports=["http_response_transfer_coding"],
    level=3,
    expect=[
        Follows("nothing of it is given out as the content", Not(Got("disguised", "own")),
                [RFC(9112, "6.3(4)"), RFC(9112, "7.4")],
                "it ends with the connection, and is wrapped in a coding that nobody agreed on"),
        Fitting("the client gets a 502", Answers(502), RFC(9110, "15.6.3")),
    ],
)
