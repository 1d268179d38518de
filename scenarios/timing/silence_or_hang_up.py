"""One upstream says nothing, another hangs up.

Both have read the request, and neither answers it. The first leaves the connection open and is silent. The second
closes the connection. For the client it is the same misfortune: no report. For whoever has to find out why, it makes
all the difference. Does the answer tell which it was?
"""

from lab import *

OK = Send(
    b"HTTP/1.1 200 OK\r\n",
    NONCE, FIELDS,
    b"Content-Length: 5\r\n",
    b"\r\n",
    b"hello",
)


def story(case):
    step, status = case
    return [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), step],
            expect=[
                Fitting(f"it is a {status}", Answers(status), [RFC(9110, "15.6.3"), RFC(9110, "15.6.5")]),
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), RFC(9110, "15"),
                        "the request was in order, and nobody has answered it"),
            ],
        ),
    ]


scenario = Scenario(
    lesson="502: the upstream gave a bad answer or none. 504: the time was over before it gave one.",
    guess="Which of them is the 502, and which the 504?",
    vary={
        "says nothing": (Stall(wrong="no answer comes", right=OK), 504),
        "hangs up": (Close(wrong="no answer comes", right=OK), 502),
    },
    acts=story,
    reports=["connection_read_timeout", "connection_terminated"],
    cause="A4",
    level=2,
)
