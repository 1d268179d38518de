"""An answer that cannot have content has some.

204 means that there is nothing to send, 304 that you have it already. Both end with the empty line, always. The
upstream sends five bytes behind it all the same. For a recipient they are not content: they are bytes that belong to
nothing, on a connection that is about to carry the next answer. Where do they end up?
"""

from lab import *

scenario = Scenario(
    lesson="204 and 304 end at the empty line: bytes behind it are never content, and never the next answer.",
    guess="Do the five bytes reach the client?",
    client=Get("/report", b'If-None-Match: "v1"\r\n'),
    vary={"204": b"HTTP/1.1 204 No Content\r\n", "304": b"HTTP/1.1 304 Not Modified\r\n"},
    upstream=lambda status_line: [
        ReceiveRequest(),
        Send(
            status_line,
            NONCE, FIELDS,
            b'ETag: "v1"\r\n',
            b"\r\n",
        ),
        Send(b"hello", wrong="bytes behind an answer that has no content"),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        MustNot("they reach the client", ClientSees(b"\r\n\r\nhello"), [RFC(9112, "6.3(1)"), RFC(9112, "6.3")],
                "the answer ended with its empty line, and extra data is not forwarded"),
        Question("Does the client get the answer itself?", Got("relayed")),
    ],
)
