"""The 100 does not come.

Again the client asks before it sends. But this upstream is old. It speaks HTTP/1.0, which has no interim responses, and
does not know the field Expect. So it waits for the content, as it always did. The client waits for the 100. If somebody
in between passes on the question and then waits as well, three parties wait for each other. Who goes first?
"""

from lab import *

scenario = Scenario(
    lesson="Nobody should wait for a 100 for ever: an old server cannot send it, and waits for the content instead.",
    guess="Who breaks the silence?",
    client=[
        Send(
            b"POST /films HTTP/1.1\r\n",
            b"Host: lab.test\r\n",
            b"Expect: 100-continue\r\n",
            b"Content-Length: 11\r\n",
            b"\r\n",
        ),
        Until(ClientSees(b"HTTP/1.1 100"), else_after=0.1),   # it does not wait for ever
        Send(b"a long film"),
    ],
    upstream=[
        ReceiveRequest(content=0),
        Receive(11, watch="it waits for the content, and has not said 100"),
        Send(
            b"HTTP/1.0 201 Created\r\n",
            NONCE, FIELDS,
            b"Location: /films/1\r\n",
            b"Content-Length: 0\r\n",
            b"\r\n",
        ),
        Close(),
    ],
    reports=[],
    level=3,
    needs=["streams-upload"],
    expect=[
        Should("the content is sent on without the 100, unless the question is refused",
               Either(Got("relayed"), Answers(417)), RFC(9110, "10.1.1"),
               "a client is not to wait for an indefinite period, for there may be HTTP/1.0 on the way"),
        Question("Does the gateway say 100 by itself?", ClientSees(b"HTTP/1.1 100")),
    ],
)
