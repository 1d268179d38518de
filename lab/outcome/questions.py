"""What a client asked, as it wrote it: the head of its request."""

from lab import h1, h2
from lab.transcript import CLIENT_HOP, Asked, Transcript, What, joined


def request_of(transcript: Transcript, asked: Asked) -> h1.Head | None:
    """The head of this request; None where it sent none that can be read."""
    events = tuple(transcript.on(CLIENT_HOP, act=asked.act, request=asked.request))
    place = next(
        ((event.connection, event.stream) for event in events if event.stream and event.what is What.SENT), None
    )
    if place is None:
        return h1.first_request(joined(events, What.SENT))
    connection, stream = place
    talk = h2.Conversation()
    for event in transcript.on(CLIENT_HOP):
        if event.connection == connection and event.what is What.SENT:
            list(talk.sent(event.data))
    return next((head for number, head in talk.asked() if number == stream), None)
