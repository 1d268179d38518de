"""Three hundred field lines, all of them tiny.

Some recipients do not only count bytes, they also count lines: a table with a fixed number of places is soon full.
Three hundred lines of a few bytes each are far from large. What becomes of the line that finds no place?
"""

from lab import *

scenario = Scenario(
    lesson="A limit on the number of lines is a limit too: a line that does not fit may be dropped unseen.",
    guess="Does line 300 arrive?",
    client=Get("/list"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            h1.many_fields(300, b"N", b"x"),  # N-1: x, N-2: x, and so on
            wrong="more field lines than recipients have room for",
        ),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_response_header_section_size"],
    cause="A3",
    level=3,
    unseen="no standard sets a limit: whether these are too many is for each recipient to say",
    expect=[
        Follows("all the lines arrive, or no answer does", Not(Got("disguised", "not-http")),
                RFC(9110, "5.4"), "an answer that lost field lines on the way is another answer"),
        Fitting("whoever refuses them says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.19"), RFC(9209, "2.1.1")], "the status that goes with this error type"),
        Question("Does the last line arrive?", HasField(b"N-300: x")),
    ],
)
