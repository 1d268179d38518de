"""An early answer is destroyed by its own connection.

Again the client uploads a film, and again the upstream answers 413 before it has read all of it. But this time it does
not wait until its answer has been read: it breaks the connection at once. RST can overtake what was sent before it, and
wipe it out at the other end. Is the 413 still heard?
"""

from lab import *

scenario = Scenario(
    lesson="After an important answer, close in two steps: stop sending, read on for a while, then close.",
    guess="A 413, a 502, or nothing?",
    client=[
        Send(
            b"POST /films HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Content-Length: 1000000\r\n",
            b"\r\n",
            b"the opening credits",         # and there it waits, like a slow line
        ),
        Until(ClientSees()),
    ],
    upstream=[
        ReceiveRequest(content=10),
        Send(
            b"HTTP/1.1 413 Content Too Large\r\n",
            NONCE, FIELDS,
            b"Connection: close\r\n",
            b"Content-Length: 9\r\n",
            b"\r\n",
            b"too large",
        ),
        Reset(wrong="RST comes right behind the answer", right=Close()),
    ],
    reports=["connection_terminated"],
    cause="A16",
    level=3,
    needs=["streams-upload"],
    expect=[
        Follows("no success is made up", Not(Got("own", "disguised")), RFC(9110, "15.3"),
                "what the upstream had to say was a refusal"),
        Fitting("where the 413 is lost, it is a 502", Answers(413, 502), [RFC(9209, "2.3.8"), RFC(9112, "9.6")]),
        Question("Is the 413 heard?", Answers(413)),
    ],
)
