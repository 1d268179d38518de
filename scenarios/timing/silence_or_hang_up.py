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

LATE = Fitting("whoever gives up says 504", Either(Got("hung"), Answers(504)),
               [RFC(9110, "15.6.5"), RFC(9209, "2.3.10")])
BAD = Fitting("it is a 502", Answers(502), [RFC(9209, "2.3.8"), RFC(9110, "15.6.3")])


def story(case):
    step, expected = case
    return [
        Act(
            client=Get("/report"),
            upstream=[ReceiveRequest(), step],
            expect=[
                expected,
                Follows("no success is made up, and the client is not blamed",
                        Not(Got("own", "blamed-client", "disguised")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                        "the request was in order, and nobody has answered it"),
            ],
        ),
    ]


scenario = Scenario(
    lesson="502: the upstream gave a bad answer or none. 504: the time was over before it gave one.",
    guess="Which of them is the 502, and which the 504?",
    vary={
        "says nothing": (Stall(wrong="no answer comes", right=OK), LATE),
        "hangs up": (Close(wrong="no answer comes", right=OK), BAD),
    },
    acts=story,
    reports=["connection_read_timeout", "http_response_timeout", "connection_terminated"],
    cause="A4",
    level=2,
)
