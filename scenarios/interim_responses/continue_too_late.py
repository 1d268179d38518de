"""The 100 comes when all has been sent.

The client asks, and does not wait for the reply: it sends its content at once. It may do so. The upstream reads all of
it, and then still says 100, go on. There is nothing left to go on with. A moment later comes the answer. Is the 100 in
anybody's way?
"""

from lab import *

scenario = Scenario(
    lesson="A 100 may be late, or missing, or useless: only the final response says what became of the request.",
    guess="Does the late 100 disturb anybody?",
    client=Request("POST", "/films", b"Expect: 100-continue\r\n", content=b"a long film"),
    upstream=[
        ReceiveRequest(),                       # with all its content
        Send(
            b"HTTP/1.1 100 Continue\r\n",
            b"\r\n",
            watch="there is nothing left to go on with",
        ),
        Send(
            b"HTTP/1.1 201 Created\r\n",
            NONCE, FIELDS,
            b"Location: /films/1\r\n",
            b"Content-Length: 0\r\n",
            b"\r\n",
        ),
    ],
    reports=[],
    cause="A23",
    level=2,
    needs=["interim"],
    expect=[
        Must("the answer behind it is found", Either(Got("relayed"), Answers(417)), [RFC(9110, "15.2")],
             "a client MUST be able to parse a 1xx before the final response; only a gateway that meets no expectation"
             " need not ask"),
        Question("Does the client see a 100?", ClientSees(b"HTTP/1.1 100")),
    ],
)
