"""Waiting for what is for somebody else.

Three people ask for their page at the same moment, each with a cookie. The gateway asks once and lets the other two
wait. Then the answer comes, and it is private: for the one whose question went first. The waiting was in vain. What do
the other two get?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """A page for each one alone."""
    request = yield ReceiveRequest()
    name = request.get(b"cookie") or b"nobody"
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: private\r\n",
        b"For: ", name, b"\r\n",
        b"Content-Length: %d\r\n" % len(name),
        b"\r\n",
        name,
    )


scenario = Scenario(
    lesson="Only after the answer has come is it known whether it can be shared; if not, each has to ask.",
    guess="How often is the upstream asked?",
    client=Together(
        Get("/me", b"Cookie: ann\r\n"),
        Get("/me", b"Cookie: bob\r\n"),
        Get("/me", b"Cookie: eve\r\n"),
    ),
    upstream=origin,
    reports=[],
    level=3,
    needs={"cache"},
    expect=[
        MustNot("an answer for one is given to another", Not(Asked(3)), [RFC(9111, "4"), RFC(9111, "5.2.2.7")],
                "it is private: whoever cannot use it needs an answer of their own"),
        Follows("each client gets an answer", Got("relayed"), RFC(9110, "3.7"), "the upstream has one for each"),
        Question("Does the cache say so to each of them, also to the first?", CacheSays("collapsed=?0")),
    ],
)
