"""The upstream changes its language, and nobody has asked.

The client has asked for a report, in plain HTTP, and has offered nothing else. The upstream replies 101: from here on
WebSocket. It was meant for another request, perhaps, or another connection. If the gateway believes it, the client
finds itself at the end of a tunnel, with no answer, and whatever it sends next goes past everybody who should have read
it. What should the gateway do?
"""

from lab import *

scenario = Scenario(
    lesson="Nobody is switched to a protocol that it did not offer: a 101 without a question is no answer.",
    guess="101, 502, or silence?",
    client=Get("/report"),
    upstream=[
        ReceiveRequest(),
        Send(
            b"HTTP/1.1 101 Switching Protocols\r\n",
            NONCE, FIELDS,
            b"Connection: Upgrade\r\n",
            b"Upgrade: websocket\r\n",
            b"\r\n",
            wrong="a switch of protocols that nobody has asked for",
            right=Send(b"HTTP/1.1 200 OK\r\n", NONCE, FIELDS, b"Content-Length: 0\r\n", b"\r\n"),
        ),
    ],
    reports=["http_protocol_error"],
    cause="A17",
    level=2,
    expect=[
        MustNot("the client is switched", ClientSees(b"HTTP/1.1 101"), [RFC(9110, "7.8"), RFC(9110, "3.7")],
                "a server MUST NOT switch to a protocol that the client did not indicate in its request"),
        Follows("no success is made up, and the client is not blamed",
                Not(Got("own", "blamed-client", "disguised", "not-http")), [RFC(9110, "15.3"), RFC(9110, "15.5")],
                "the request was in order, and nobody has answered it"),
        Fitting("it is a 502, or a 504 after waiting for more", Either(Answers(502, 504), Got("hung")),
                [RFC(9110, "15.6.3"), RFC(9110, "15.2")],
                "502 is for an invalid response; but an unexpected 1xx may also be ignored"),
        Question("Is the client told at all?", Got("reported")),
    ],
)
