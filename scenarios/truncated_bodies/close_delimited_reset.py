"""The end is not a close, but a reset.

No length, no chunks: the content lasts until the connection is closed. But here it is not closed, it is reset. Now
the gateway knows that something broke, and that there may have been more. It has passed on what came, perhaps in
chunks of its own. Does the client learn what the gateway knows?
"""

from lab import *

scenario = Scenario(
    lesson="A reset is no end of content: if you know that it broke, do not finish the answer as if it were whole.",
    guess="Complete or broken off, in the client's eyes?",
    client=Get("/story"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"\r\n",
            b"And the murderer is",
        ),
        Until(ClientSees(b"murderer is")),
        Reset(wrong="a reset where a close should be", right=Close()),
    ],
    reports=["http_response_incomplete", "connection_terminated"],
    cause="A25",
    level=2,
    expect=[
        Follows("it does not look complete", Not(Disguised()), [RFC(9112, "8"), RFC(9110, "6.1")],
                "complete only if the underlying connection indicated no error, and a reset is one"),
        Question("Is it a 502?", Answers(502)),
    ],
)
