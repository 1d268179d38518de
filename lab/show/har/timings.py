"""The stages of an exchange as the timings of a HAR entry, in milliseconds; -1: it does not apply."""

from dataclasses import dataclass

from lab.outcome.stages import Connection, Doing, Stage

NONE = -1


@dataclass(frozen=True)
class Timings:
    """`begin`: nanoseconds since the performance began. The others together are the time that the entry took, except
    that `ssl` is a part of `connect`. A name is never looked up: the lab gives addresses."""

    begin: int
    blocked: float
    connect: float
    ssl: float
    send: float
    wait: float
    receive: float

    @property
    def total(self) -> float:
        """In milliseconds."""
        parts = (self.blocked, self.connect, self.send, self.wait, self.receive)
        return round(sum(part for part in parts if part > 0), 6)

    def record(self) -> dict[str, float]:
        """As HAR names them."""
        return {
            "blocked": self.blocked, "dns": NONE, "connect": self.connect, "ssl": self.ssl, "send": self.send,
            "wait": self.wait, "receive": self.receive,
        }  # fmt: skip


def timings(exchange: Connection) -> Timings:
    """Every moment between the beginning and the end is in exactly one part. Where the answer begins while the request
    is still being sent, it is received from the end of the request on."""
    connecting = [phase for phase in exchange.of(Stage.CONNECTION) if phase.name is not Doing.REUSED]
    begin = min((phase.begin for phase in connecting), default=exchange.begin)
    connected = max((phase.end for phase in connecting), default=begin)
    sending, receiving = exchange.phase(Doing.SENDING), exchange.phase(Doing.RECEIVING)
    sent_from = max(sending.begin if sending else connected, connected)
    sent = max(sending.end if sending else sent_from, sent_from)
    end = max(exchange.end, sent)
    answered = min(max(receiving.begin, sent), end) if receiving else end
    tls = exchange.phase(Doing.TLS)
    return Timings(
        begin,
        blocked=_milliseconds(sent_from - connected) if sent_from > connected else NONE,
        connect=_milliseconds(connected - begin) if tls or connected > begin else NONE,
        ssl=_milliseconds(tls.length) if tls else NONE,
        send=_milliseconds(sent - sent_from),
        wait=_milliseconds(answered - sent),
        receive=_milliseconds(end - answered),
    )


def _milliseconds(nanoseconds: int) -> float:
    return round(nanoseconds / 1e6, 6)
