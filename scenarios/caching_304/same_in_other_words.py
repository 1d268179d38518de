"""The same wish in other words.

A client asks for a page in German or English, and the answer depends on that. Another client wishes the same, and its
program writes a space more between the two words, and puts them on two lines. To the letter the two requests differ. In
meaning they do not. Does the copy fit?
"""

from lab import *
from lab.expect import CacheSays


def origin():
    """It has the page in German."""
    yield ReceiveRequest()
    yield Send(
        b"HTTP/1.1 200 OK\r\n",
        NONCE,
        b"Cache-Control: max-age=60\r\n",
        b"Vary: Accept-Language\r\n",
        b"Content-Length: 5\r\n",
        b"\r\n",
        b"Hallo",
    )


scenario = Scenario(
    lesson="What Vary compares are meanings, as far as a cache knows them: spaces and lines do not count.",
    guess="Is the upstream asked a second time?",
    acts=[
        Act(
            client=Get("/page", b"Accept-Language: de,en;q=0.5\r\n"),
            upstream=origin,
            expect=[Question("Does the cache keep a copy?", CacheSays("stored"))],
        ),
        Act(
            client=Get("/page", b"Accept-Language: de\r\n", b"Accept-Language:  en;q=0.5\r\n"),
            expect=[
                Follows("the client gets the page", ClientSees(b"Hallo"), [RFC(9111, "4.1"), RFC(9110, "5.3")],
                        "two lines of one field are one list, so it has asked for the same"),
                Question("Does the cache see that it is the same?", MadeBy("store")),
            ],
        ),
    ],
    reports=[],
    level=2,
    needs={"cache"},
)
