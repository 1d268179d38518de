"""The gateway says 304 by itself.

The gateway has a copy of the report, named "v1", and it is fresh. A client has a copy, too, and asks whether the report
has changed since "v1". The gateway need not ask anybody: its own copy has the same name. So there can be a 304 that the
upstream has neither written nor heard of. How can the client tell who has said it?
"""

from lab import *
from lab.expect import CacheSays

scenario = Scenario(
    lesson="A 304 may come from a store on the way. It is as good as the copy there is fresh.",
    guess="Who makes the 304?",
    acts=[
        Act(
            client=Get("/report"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b'ETag: "v1"\r\n',
                    b"Cache-Control: max-age=60\r\n",
                    b"Content-Type: text/plain\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"hello",
                ),
            ],
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report", b'If-None-Match: "v1"\r\n'),
            expect=[
                Follows("the client is told that its copy is good, or gets the report",
                        Either(Answers(304), ClientSees(b"hello")), [RFC(9110, "13.1.2"), RFC(9110, "15.4.5")],
                        "nothing has changed"),
                Should("the cache looks at the client's condition itself", Either(Answers(304), Not(MadeBy("store"))),
                       RFC(9111, "4.3.2"), "it has a fresh copy of the same name"),
                Must("the 304 has the name of the copy", Either(Not(Answers(304)), HasField(b'ETag: "v1"')),
                     RFC(9110, "15.4.5"), "a 200 would have had it"),
                Must("and says how it may be used", Either(Not(Answers(304)), HasField(b"Cache-Control: max-age=60")),
                     RFC(9110, "15.4.5"), "a 200 would have said it"),
                Must("and has a date", Either(Not(Answers(304)), HasField(b"Date")), RFC(9110, "15.4.5"),
                     "a 200 would have had one"),
                Should("and does not describe content that it does not have",
                       Either(Not(Answers(304)), Not(HasField(b"Content-Type"))), RFC(9110, "15.4.5"),
                       "what helps nobody to bring a copy up to date can be left out"),
                Question("Does the 304 come from the store?", MadeBy("store")),
                Question("Does the cache say so?", CacheSays("hit")),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
