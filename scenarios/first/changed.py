"""Something has changed.

The client has a copy of a report, with the ETag "v1". It asks for the report unless it is still "v1". But in the
meantime the report has been rewritten, and is now "v2". So the upstream answers 200 and sends it in full. Which copy
does the client have in the end?
"""

from lab import *

scenario = Scenario(
    lesson="A conditional request asks once for two things: a short yes if nothing has changed, else the new report.",
    guess="Is the second answer a 304, a 200, or an error?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: no-cache\r\n",   # keep it, but ask before you use it again
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the client learn the name of its copy?", ClientSees(b'"v1"'))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v2"\r\n',                # another name: another state of the report
                    b"Cache-Control: no-cache\r\n",
                    b"Content-Length: 7\r\n",
                    b"\r\n",
                    b"goodbye",
                ),
            ],
            expect=[
                MustNot("a stored copy is used", MadeBy("store"), [RFC(9111, "5.2.2.4"), RFC(9111, "4.3.3")],
                        "no-cache: not unasked, and the answer in full is the one to be used"),
                Follows("the client gets the new report", ClientSees(b"goodbye"),
                        [RFC(9110, "3.7"), RFC(9110, "15.3.1")], "the upstream sent it in answer to this request"),
                Should("the new name comes with it", ClientSees(b'"v2"'), RFC(9110, "15.3.1"),
                       "a 200 should bring the validators that there are, or nobody can ask by them"),
            ],
        ),
    ],
    reports=[],
)
