"""The field lines come one letter at a time.

The upstream answers, and never pauses for long: a letter, a short wait, another letter. Each wait is well within any
limit, so nobody who only watches the waits will ever complain. But at this speed a header section takes longer than the
client can be kept waiting. Which clock notices?
"""

from lab import *


def drip():
    yield ReceiveRequest()
    yield Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS)
    for letter in b"X-Greeting: how are you?":
        yield Send(bytes([letter]))
        yield Pause(0.05, wrong="a letter at a time")
    yield Send(b"\r\n", b"Content-Length: 5\r\n", b"\r\n", b"hello")


scenario = Scenario(
    lesson="Many short waits make a long one: besides the clock that starts anew with each byte, one must run through.",
    guess="No wait is long. Does the gateway ever lose patience?",
    client=Get("/report"),
    upstream=drip,
    reports=["http_response_timeout"],
    level=3,
    expect=[
        Follows("half a header section is not passed on as an answer", Not(Disguised()),
                [RFC(9112, "8"), RFC(9112, "2.1")], "without the empty line nobody knows what the status line means"),
        Fitting("whoever gives up says 504", Either(MadeBy("upstream"), Got("hung"), Answers(504)),
                [RFC(9110, "15.6.5"), RFC(9209, "2.3.26")]),
        Question("Does the gateway wait for all of it?", MadeBy("upstream")),
    ],
)
