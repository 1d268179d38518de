"""A 304 says how long the copy is.

The client asks whether its copy is still good, and the upstream says 304. It adds a length of five: so many bytes has
the report, which the client has already. No content follows a 304. A recipient that believes the field before the
status waits for five bytes that do not come. What is the field for?
"""

from lab import *


def origin():
    """A report of five bytes, "v1"."""
    request = yield ReceiveRequest()
    if b'"v1"' in (request.get(b"if-none-match") or b""):
        yield Send(
            b"HTTP/1.1 304 Not Modified\r\n",
            NONCE, FIELDS,
            b'ETag: "v1"\r\n',
            b"Content-Length: 5\r\n",   # what a 200 would bring
            b"\r\n",                    # the end
            watch="a length, and rightly no content",
        )
    else:                               # a cache may ask for all of it
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b'ETag: "v1"\r\n',
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="The length in a 304 speaks of the copy that you have: nothing follows its empty line.",
    guess="Complete, or five bytes short?",
    client=Get("/report", b'If-None-Match: "v1"\r\n'),
    upstream=origin,
    reports=[],
    level=2,
    expect=[
        Follows("the answer is complete and comes through", Got("relayed", "stored"),
                [RFC(9112, "6.3(1)"), RFC(9110, "15.4.5")],
                "a 304 ends with its header section"),
        MustNot("a length is passed on that is not the report's",
                Not(Either(MadeBy("gateway"), HasField(b"Content-Length: 5"), Not(HasField(b"Content-Length")))),
                [RFC(9110, "8.6"), RFC(9110, "3.7")], "it says how long the content of a 200 would be, or nothing"),
        Question("Does the client learn the length?", HasField(b"Content-Length: 5")),
    ],
)
