"""Somebody changes the page.

The gateway has a fresh copy of a page, good for an hour. Then a client sends a change to the same address, with POST.
That goes to the upstream, as every change must, and the upstream does what it is asked. The copy in the gateway knows
nothing of it, and its hour is far from over. What does the next reader get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page that can be written to."""
    request = yield ReceiveRequest()
    if request.method == b"POST":
        yield Send(
            b"HTTP/1.1 204 No Content\r\n",
            NONCE,
            b"\r\n",                                # done
        )
    else:
        yield Send(
            b"HTTP/1.1 200 OK\r\n",
            NONCE,
            b"Cache-Control: max-age=3600\r\n",
            b"Content-Length: 6\r\n",
            b"\r\n",
            b"before",
        )


scenario = Scenario(
    lesson="A change that passes through a cache makes its copy of that address unfit, however fresh it was.",
    guess="Will the third client see the page as it was?",
    acts=[
        Act(
            client=Get("/page"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Request("POST", "/page", content=b"after"),
            expect=[
                Must("the upstream is asked first", UpstreamSees(b"POST /page "), RFC(9111, "4"),
                     "a change is written through, whatever is in the store"),
                Follows("the client is told what the upstream said", Got("relayed"), RFC(9110, "3.7"),
                        "only the upstream knows whether it is done"),
                Question("Does the cache say why it had to ask?", CacheSays("fwd=method")),
            ],
        ),
        Act(
            client=Get("/page"),
            upstream=[
                ReceiveRequest(),
                Send(
                    b"HTTP/1.1 200 OK\r\n",
                    NONCE,
                    b"Cache-Control: max-age=3600\r\n",
                    b"Content-Length: 5\r\n",
                    b"\r\n",
                    b"after",
                ),
            ],
            expect=[
                Must("the copy from before the change is not used", Not(ClientSees(b"before")), RFC(9111, "4.4"),
                     "an answer other than an error makes it invalid"),
                Follows("the client gets the page as it is now", ClientSees(b"after"), RFC(9110, "3.7"),
                        "the upstream has sent it in answer to this request"),
            ],
        ),
    ],
    reports=[],
    needs={"cache"},
)
