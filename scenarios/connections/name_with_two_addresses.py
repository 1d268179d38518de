"""A name stands for two addresses, and at one of them is nobody.

The gateway is told to find its upstream at "localhost". That name stands for two addresses: ::1, of IPv6, and
127.0.0.1, of IPv4. They are to be tried in this order. But the program listens at the second one only. At the first,
connections are refused; or, where a firewall stands in between, nothing comes back at all. Does the client notice?
"""

from lab import *

OK = [
    ReceiveRequest(),
    Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE, FIELDS,
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"hello",
    ),
]

scenario = Scenario(
    lesson="A name is not an address: one that stands for two can be refused at one, and served at the other.",
    guess="The program runs: will the client get its report?",
    client=Get("/report"),
    vary={"refused": "refuses", "silence": "silent"},
    upstream=lambda there: Peer(
        OK, first_address=there, wrong="it listens at the second of its two addresses only", right=OK,
    ),
    reports=["connection_refused", "connection_timeout"],
    cause="A19",
    level=2,
    needs=["ipv6"],
    expect=[
        Follows("no success is made up, and the client is not blamed", Not(Got("own", "blamed-client", "disguised")),
                [RFC(9110, "15.3"), RFC(9110, "15.5")], "the request was in order, and whoever is there can answer it"),
        Fitting("where no other address is tried, it is a 502 or a 504", Answers(200, 502, 504),
                [RFC(9110, "15.6.3"), RFC(9110, "15.6.5")]),
        Question("Is the second address tried?", Answers(200)),
    ],
)
