"""The answer takes its time, and comes.

The upstream reads the request and is silent for a tenth of a second. That is an age for a machine, and nothing for a
human. Then it answers, whole and correct. Everybody has waited. Was there any sign during the silence that an answer
would come?
"""

from lab import *

scenario = Scenario(
    lesson="During a silence late and never look the same. Every time-out is a guess, and may be wrong.",
    guess="A 200, or a 504 from a gateway in a hurry?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Pause(0.1, watch="silence, and then the answer"),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    level=2,
    expect=[
        Follows("no other answer is put in its place", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "3.7"), RFC(9110, "15.5")], "the upstream has answered"),
        Fitting("the gateway has the patience", Answers(200), RFC(9110, "15.6.5"),
                "a tenth of a second is hardly more than a timely response may take"),
    ],
)
