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
    if answer.startswith(b"HTTP/1.1 100"):
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
        Follows("no success is made up", Not(Got("own", "disguised", "not-http")), RFC(9110, "15.3"),
                "what the upstream had to say was a refusal"),
        Should("the client hears a no", Answers(413, 417), RFC(9112, "9.5"),
               "whoever sends content is to listen meanwhile; what it hears is for the client"),
        Question("Is the client told to go on first?", ClientSees(b"HTTP/1.1 100")),
        Question("Does the content get to the upstream?", UpstreamSees(b"a long film")),
    ],
)
