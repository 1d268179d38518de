"""The certificate expires before the copy does.

The upstream is asked over TLS, and its report is in the store. At night its certificate expires. The upstream works as
it did, and would gladly confirm the copy: but nobody may believe it any more. So the gateway finds no way to the
origin, though everything is up. Is that an error like the others?
"""

from lab import *
from lab.expect import CacheSays

HONEST = Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                 [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order: the trouble is behind the gateway")


def story(directives):
    ok = Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b'ETag: "v1"\r\n',
        directives,
        b"Content-Length: 5\r\n",
        b"Connection: close\r\n",   # the next request needs a new connection
        b"\r\n",
        b"hello",
    )
    return [
        Act(
            client=Get("/report"),
            upstream=[StartTLS(), ReceiveRequest(), ok, Close()],
            clock=0,
            expect=[Question("Does the cache say that it keeps a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/report"),
            upstream=[
                StartTLS(certificate="expired", wrong="its certificate was valid until yesterday", right=StartTLS()),
                ReceiveRequest(),
                Send(b"HTTP/1.1 200 OK\r\n", NONCE, b"Content-Length: 7\r\n", b"\r\n", b"goodbye"),
            ],
            clock=100,
            expect=[
                HONEST,
                Should("no question goes to a server that has not proved its name", Asked(0), RFC(9110, "4.3.4"),
                       "towards the upstream a gateway is a client, and an automated one: nobody is there to be asked"),
                Question("Is the client spared the error?", Got("stale")),
                Question("Is it a 502?", Answers(502)),
            ],
        ),
    ]


scenario = Scenario(
    lesson="A copy with a permission bridges an expired certificate, too, and so hides it: check the date elsewhere.",
    guess="502, 504, or the copy?",
    vary={
        "stale-if-error": b"Cache-Control: max-age=60, stale-if-error=600\r\n",
        "must-revalidate": b"Cache-Control: max-age=60, must-revalidate\r\n",
    },
    acts=story,
    reports=["tls_certificate_error"],
    cause="A13",
    level=3,
    needs=["cache", "clock", "tls"],
)
