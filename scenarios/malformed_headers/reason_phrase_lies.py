"""The code says 404, the words say OK.

Behind the status code stand a few words for people: the reason phrase. Here they do not fit the code at all. Somebody
changed the number and forgot the words. Which of the two counts?
"""

from lab import *

scenario = Scenario(
    lesson="The number counts. The words beside it are for people, and on the way they may be changed or dropped.",
    guess="404 OK: found or not found?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 404 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
            watch="the reason phrase contradicts the code: legal",
        ),
    ],
    level=2,
    expect=[
        Should("the words are ignored", Answers(404), RFC(9112, "4"), "a client SHOULD ignore the reason phrase"),
        Follows("it gets through", Got("relayed"), RFC(9112, "4"), "any words are allowed there"),
        Question("Do the words reach the client?", ClientSees(b"404 OK\r\n")),
    ],
)
