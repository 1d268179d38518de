"""The upstream falls silent in the middle of its content.

It promises 20 bytes, sends 5, and says nothing more. It does not close the connection either: the other 15 may come at
any moment, or never. The gateway has perhaps passed on "200 OK" and the five bytes when its time is over. Can it still
say 504?
"""

from lab import *

scenario = Scenario(
    lesson="A 504 can be said only before the 200: afterwards, to hang up is all the honesty that is left.",
    guess="After the 200 and five bytes: what else does the client see?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 20\r\n",   # the promise
            b"\r\n",
            b"hello",                    # 5 of 20
        ),
        Stall(wrong="15 bytes are missing, and no end", right=Send(b", how are you? ")),
    ],
    reports=["connection_read_timeout", "http_response_timeout"],
    level=2,
    expect=[
        Follows("the fragment never looks complete", Not(Disguised()), RFC(9112, "6.3(6)"),
                "a recipient that times out before the last byte has to consider the message incomplete"),
        Question("Does the gateway give up before its client does?", Not(Got("hung"))),
        Question("Is it a 504?", Answers(504)),
    ],
)
