"""HEAD is answered like GET.

HEAD asks for the header section only, with the same fields as for GET. The length is welcome there. The upstream does
not know the difference and sends the content as well. The gateway expects nothing after the empty line, and the
client does not either. What becomes of the five bytes?
"""

from lab import *

scenario = Scenario(
    lesson="What the length means depends on the question: after HEAD it describes, and nothing follows.",
    guess="Do the five bytes reach the client?",
    client=Request("HEAD", "/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",  # right: what a GET would have got
            b"\r\n",
        ),
        Send(b"hello", wrong="content in the answer to HEAD"),
    ],
    reports=["http_protocol_error"],
    level=2,
    expect=[
        MustNot("they reach the client", ClientSees(b"\r\n\r\nhello"), [RFC(9110, "9.3.2"), RFC(9112, "6.3")],
                "a server, which the gateway is to its client, MUST NOT send content in the answer to HEAD"),
        Question("Does the client get the answer itself?", Got("relayed")),
    ],
)
