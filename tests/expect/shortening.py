"""A gateway that does the worst: it makes a fragment look complete."""

from tests.performance.relay import End, Relay


class ShorteningEnd(End):
    """Rewrites the promise of 20 bytes, so that it fits what came."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data.replace(b"Content-Length: 20\r\n", b"Content-Length:  5\r\n"))


def shortening_relay() -> Relay:
    return Relay(back=ShorteningEnd)
