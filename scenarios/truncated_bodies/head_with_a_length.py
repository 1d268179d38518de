"""A length, and no content behind it.

The client asks with HEAD: what would I get? The upstream answers as it would answer a GET, with a length of five, and
ends after the empty line. With a GET five bytes would follow, and whoever forgets what was asked waits for them. The
length is right, and the content is missing for a reason. Who remembers the question?
"""

from lab import *


def origin():
    """A report of five bytes."""
    request = yield ReceiveRequest()
    if request.method == b"HEAD":
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",   # what a GET would get
            b"\r\n",                    # the end
            watch="a length, and rightly no content",
        )
    else:                               # a cache may ask for all of it
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE, FIELDS,
            b"Content-Length: 5\r\n",
            b"\r\n",
            b"hello",
        )


scenario = Scenario(
    lesson="Where an answer ends depends on the question: after HEAD nothing follows, whatever was announced.",
    guess="Complete, or five bytes short?",
    client=Request("HEAD", "/report"),
    upstream=origin,
    reports=[],
    level=2,
    expect=[
        Follows("the answer is complete and comes through", Got("relayed", "stored"),
                [RFC(9112, "6.3(1)"), RFC(9110, "9.3.2")],
                "a response to HEAD ends with its header section"),
        MustNot("a length is passed on that is not the content's",
                Not(Either(MadeBy("gateway"), HasField(b"Content-Length: 5"), Not(HasField(b"Content-Length")))),
                [RFC(9110, "8.6"), RFC(9110, "3.7")], "it says how long the content of a GET would be, or nothing"),
        Question("Does the client learn the length?", HasField(b"Content-Length: 5")),
    ],
)
