"""An interim response that nobody knows.

102 was invented for long work on many files and has nearly been forgotten. 150 was never given a meaning at all. But
the first digit says enough: interim, read on. A gateway need not understand a status to pass it on. Does the answer
behind it arrive?
"""

from lab import *

scenario = Scenario(
    lesson="The class of a status is its first digit: of a 1xx one has to know nothing but that it is not the answer.",
    guess="An unknown number: is it passed on, left out, or taken for the answer?",
    client=Get("/report"),
    vary={"102": b"102 Processing", "150": b"150 Still Here"},
    upstream=lambda status: [
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 " + status + b"\r\n",
            b"\r\n",
            watch="interim, whatever else it may mean",
        ),
        Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        ),
    ],
    reports=[],
    cause="A23",
    level=2,
    needs=["interim"],
    expect=[
        Must("it is not taken for the answer", Got("relayed"), [RFC(9110, "15"), RFC(9110, "15.2")],
             "a client MUST understand the class of any status code, and read the final response behind a 1xx"),
        Question("Is it passed on?", Either(ClientSees(b"HTTP/1.1 102"), ClientSees(b"HTTP/1.1 150"))),
    ],
)
