"""An interim response announces content.

A 103 ends with its header section; it cannot have content. This one has a Content-Length. Either nothing comes, and
whoever believes the length takes the first five bytes of the answer for content. Or five bytes do come, and whoever
does not believe it takes them for the beginning of the answer. Who is right?
"""

from lab import *

scenario = Scenario(
    lesson="What the status forbids no field can bring back: after a 1xx comes a status line, whatever was announced.",
    guess="In which of the two cases can the answer still be found?",
    client=Get("/page"),
    vary={"announced": b"", "announced and sent": b"hints"},
    upstream=lambda content: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 103 Early Hints\r\n",
            b"Content-Length: 5\r\n",           # what a 1xx never has
            b"\r\n",
            content,
            wrong="content is announced where there can be none",
            right=Send(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 7\r\n",
            b"\r\n",
            b"goodbye",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A23",
    level=3,
    needs=["interim"],
    expect=[
        MustNot("the length is passed on with the interim response",
                Either(ClientSees(b"Content-Length: 5\r\n"), ClientSees(b"content-length: 5\r\n")), RFC(9110, "8.6"),
                "a server MUST NOT send Content-Length with a 1xx, and to its client the gateway is the server"),
        Follows("the client gets the answer, or an error", Not(Got("disguised", "not-http", "own")),
                [RFC(9112, "6.3(1)"), RFC(9112, "2.1")],
                "a 1xx ends with its header section, and then comes a status line"),
        Fitting("whoever gives the answer up says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Is the answer found?", Got("relayed", "repaired")),
    ],
)
