"""The upstream does not answer such questions.

The client asks with Expect whether it may send its content. This upstream supports no expectations and says so: 417. It
means the question, not the content. Asked again without it, it takes the film gladly. The standard wants whoever hears
a 417 to try again so. There are two who hear it. Which of them tries again?
"""

from lab import *

FILM = [
    b"POST /films HTTP/1.1\r\n",
    b"Host: lab.test\r\n",
    b"Expect: 100-continue\r\n",
    b"Content-Length: 11\r\n",
    b"\r\n",
]


def careful():
    """Sends its content only if it is told to."""
    yield Send(*FILM)
    answer = yield Receive()
    if answer.startswith(b"HTTP/1.1 100"):
        yield Send(b"a long film")


def takes_no_questions():
    request = yield ReceiveRequest(content=0)
    if request.get(b"expect"):
        yield Send(
            b"HTTP/1.1 417 Expectation Failed\r\n",
            NONCE, FIELDS,
            b"Connection: close\r\n",
            b"Content-Length: 0\r\n",
            b"\r\n",
            watch="it refuses the question, not the content",
        )
        yield Close()
    else:
        yield Receive(11)
        yield Send(b"HTTP/1.1 201 Created\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n", b"\r\n")


scenario = Scenario(
    lesson="417 means the question, not the content: ask again without Expect.",
    guess="Does the client see the 417, or its film accepted?",
    client=careful,
    upstream=takes_no_questions,
    reports=[],
    level=3,
    needs=["streams-upload"],
    expect=[
        Follows("the client gets a 417, or the answer to the second try", Either(Got("relayed"), Answers(417)),
                [RFC(9110, "10.1.1"), RFC(9110, "7.6")], "the one it can act on itself, the other is what it wanted"),
        Question("Does the client see the 417?", Answers(417)),
        Question("Is the upstream asked without Expect?", Not(UpstreamSees(b"100-continue"))),
    ],
)
