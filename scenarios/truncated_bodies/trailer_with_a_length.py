"""A length comes after the content.

The answer comes in chunks, and behind the last chunk stands a trailer line: Content-Length: 3. The content was five
bytes. A gateway that puts trailer lines back among the header lines would now send a length that is wrong, and the
client would cut the content off, or wait for more. What is a gateway to do with this line?
"""

from lab import *

scenario = Scenario(
    lesson="What says where a message ends has no place behind it: such a line never joins the header section.",
    guess="Five bytes, or three?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Transfer-Encoding: chunked\r\n",
            b"\r\n",
            b"5\r\n",
            b"hello\r\n",
            b"0\r\n",
        ),
        Send(b"Content-Length: 3\r\n", wrong="a field that frames the message, in its trailer section"),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    level=3,
    expect=[
        MustNot("the line is merged into the header section", HasField(b"Content-Length: 3"),
                [RFC(9110, "6.5.1"), RFC(9112, "7.1.2")], "the definition of Content-Length does not permit it"),
        Follows("the content keeps its five bytes, or there is an error", Not(Got("disguised", "not-http")),
                RFC(9112, "6.3(4)"), "the chunks alone say where it ends"),
        Question("Does the client get a complete answer?", Got("relayed", "repaired")),
    ],
)
