"""A line feed from a user splits the header section.

The upstream greets a user by name, and the user's name holds a line feed with more behind it. It copies the name into
a field as it is. Now one recipient sees a greeting with an odd character, and another sees a cookie that no program
ever set. Response splitting begins like this. How can a gateway keep it from spreading?
"""

from lab import *

scenario = Scenario(
    lesson="One stray LF lets a user write header lines for everybody else. Settle what it means before passing it on.",
    guess="Is there a cookie in what the client gets?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
        ),
        Send(
            b"Greeting: Anna\nSet-Cookie: role=admin\r\n",  # what the user chose as a name
            wrong="a line feed inside a field value",
            right=Send(b"Greeting: Anna\r\n"),
        ),
        Send(
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=["http_protocol_error"],
    cause="A8",
    level=3,
    expect=[
        Follows("the line feed itself goes no further", Not(ClientSees(b"Anna\n")),
                [RFC(9112, "2.2"), RFC(9110, "5.5"), RFC(9112, "11.1")],
                "as the end of a line it becomes CR LF, as part of a value it is rejected or becomes SP"),
        Fitting("whoever rejects it says 502", Either(MadeBy("upstream"), Answers(502)), RFC(9110, "15.6.3")),
        Question("Does the cookie reach the client as a field line?", HasField(b"Set-Cookie: role=admin")),
    ],
)
