"""A client that gets the same stored answer twice: what a cache would have done, as a transcript."""

from lab.outcome import Facts, facts
from lab.transcript import Asked, Event, Player, Transcript, What

ANSWER = b"HTTP/1.1 200 OK\r\nLab-Nonce: a.1.1.1\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok"
EVENTS = (
    Event(1, 0, 1, What.OPENED, request=1),
    Event(2, 1, 1, What.OPENED),
    Event(3, 1, 1, What.RECEIVED, data=b"GET / HTTP/1.1\r\nHost: lab.test\r\n\r\n"),
    Event(4, 1, 1, What.REQUEST, detail="GET /"),
    Event(5, 1, 1, What.SENT, data=ANSWER),
    Event(6, 1, 1, What.ANSWERED, detail="a.1.1.1"),
    Event(7, 0, 1, What.RECEIVED, data=ANSWER, request=1),
    Event(8, 0, 2, What.OPENED, act=2, request=1),
    Event(9, 0, 2, What.RECEIVED, act=2, data=ANSWER, request=1),
)


def stored_twice(act: int) -> Facts:
    asked = tuple(Asked(number, 1, "GET", "/") for number in (1, 2))
    transcript = Transcript("stored", "", Player("a cache"), False, "a", asked, EVENTS)
    return facts(transcript, asked[act - 1])
