"""The upstream says no before anything was sent.

The client asks whether it may upload a film, and waits with the content. The upstream reads the announced length and
refuses: 413, too large. This is what the question was for: no byte of the film has to travel. But if somebody on the
way has already said 100 in the upstream's place, all of it is under way. Does the client hear the no in time?
"""

from lab import *


def careful():
    """Sends its content only if it is told to."""
    yield Send(
        b"POST /films HTTP/1.1\r\n",
        b"Host: lab.test\r\n",
        b"Expect: 100-continue\r\n",
        b"Content-Length: 11\r\n",
        b"\r\n",
    )
    answer = yield Receive()
    if b" 100" in answer:
        yield Send(b"a long film")


scenario = Scenario(
    lesson="An early no is worth something only if nobody on the way has said yes before.",
    guess="Does the film travel?",
    client=careful,
    upstream=[
        ReceiveRequest(content=0),
        Send(
            b"HTTP/1.1 413 Content Too Large\r\n",
            NONCE, FIELDS,
            b"Connection: close\r\n",
            b"Content-Length: 9\r\n",
            b"\r\n",
            b"too large",
            watch="the final answer, in place of a 100",
        ),
        Close(),
    ],
    reports=[],
    cause="A16",
    level=2,
    needs=["streams-upload"],
    expect=[
        Follows("the client hears the no", Answers(413), [RFC(9110, "10.1.1"), RFC(9110, "3.7")],
                "it is the final response, and the client asked in order to hear it"),
        Fitting("it is not told to go on first", Not(ClientSees(b"HTTP/1.1 100")), RFC(9110, "10.1.1"),
                "the question is for the server that decides: a proxy forwards it"),
        Question("Does the content get to the upstream?", UpstreamSees(b"a long film")),
    ],
)
