"""The answer comes while the question is still being asked.

The client uploads a film. The upstream looks at the announced length, and has seen enough: 413, too large. It says that
it will close the connection, and closes it, while the client has sent only the beginning. All this is allowed. But the
answer is worth something only if it reaches the client before it has sent everything in vain.
"""

from lab import *

scenario = Scenario(
    lesson="Listen while you talk: an early answer saves the rest of the upload, if somebody hears it.",
    guess="Does the client see the 413, or an error about a broken connection?",
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
            watch="a complete answer to a request that is not complete",
        ),
        Close(),
    ],
    reports=[],
    cause="A16",
    level=2,
    needs=["streams-upload"],
    expect=[
        Should("the client hears of it while it is still sending", Answers(413), RFC(9112, "9.5"),
               "whoever sends content is to listen meanwhile; what it hears is for the client"),
        Follows("it is the upstream's answer, and not a story about its connection", Not(Got("reported")),
                RFC(9112, "8"), "as much came as Content-Length promised, so the answer is complete"),
    ],
)
