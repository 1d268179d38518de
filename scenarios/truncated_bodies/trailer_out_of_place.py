"""A field comes too late to be obeyed.

Behind the last chunk the upstream sets a cookie, says how long the answer may be stored, or sends the client
elsewhere. By then the content has been passed on, and perhaps stored and shown. Such fields are needed before the
content, so they have no place behind it. A gateway that still holds the header section could put the line there. Should
it help?
"""

from lab import *

scenario = Scenario(
    lesson="What decides how an answer is treated has to come before it: behind the content it is void.",
    guess="Does the line arrive, and where?",
    client=Get("/report", b"Connection: TE\r\n", b"TE: trailers\r\n"),
    vary={
        "Set-Cookie": b"Set-Cookie: id=7\r\n",
        "Cache-Control": b"Cache-Control: max-age=777\r\n",
        "Location": b"Location: /elsewhere\r\n",
    },
    upstream=lambda line: [
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
        Send(line, wrong="a field that has no place in a trailer section"),
        Send(b"\r\n"),
    ],
    reports=["http_protocol_error"],
    level=3,
    expect=[
        MustNot("the line joins the header section",
                Either(HasField(b"Set-Cookie: id=7"), HasField(b"Cache-Control: max-age=777"), HasField(b"Location")),
                [RFC(9110, "6.5.1"), RFC(9112, "7.1.2")], "not one of their definitions permits it"),
        Follows("the client gets the content, or an error", Not(Got("disguised", "not-http")), RFC(9112, "6.3(4)"),
                "the chunks alone say where it ends"),
        Question("Is the answer used?", Got("relayed", "repaired")),
        Question("Is the line passed on behind the content?",
                 Either(ClientSees(b"id=7"), ClientSees(b"max-age=777"), ClientSees(b"/elsewhere"))),
    ],
)
