"""The header section never seems to end.

A loop in the upstream adds one field line for each item of a list, and today the list is long: four hundred lines of
500 bytes, 200,000 bytes in all. No line is remarkable. At which line does the gateway stop reading, and what does it
tell the client?
"""

from lab import *

scenario = Scenario(
    lesson="Whoever reads a header section to its end before it passes anything on needs a limit for its size.",
    guess="Short lines, 200,000 bytes of them: which status does the client get?",
    client=Get("/list"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            h1.many_fields(400, b"Item", b"x" * 488),  # Item-1: xxxx..., Item-2: xxxx..., and so on
            wrong="the header section is larger than recipients care to read",
        ),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_response_header_section_size"],
    cause="A3",
    level=2,
    unseen="no standard sets a limit: whether this is too large is for each recipient to say",
    expect=[
        Follows("all the lines arrive, or no answer does", Not(Got("disguised", "not-http")),
                RFC(9110, "5.4"), "an answer that lost field lines on the way is another answer"),
        Fitting("whoever refuses them says 502", Either(MadeBy("upstream"), Answers(502)),
                [RFC(9209, "2.3.19"), RFC(9209, "2.1.1")], "the status that goes with this error type"),
        Question("Does Proxy-Status name the header section?", Reports("http_response_header_section_size")),
    ],
)
