"""One TCP connection as both of its ends would have seen it: from moments to packets, with right numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lab.show.pcapng.moments import Kind, Moment
from lab.show.pcapng.segments import LARGEST, Endpoint, Flag, segment


@dataclass
class Conversation:
    """`client` is the one who connects. What is sent to it is taken as received at once: nothing is ever repeated."""

    client: Endpoint
    server: Endpoint
    _next: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})  # sequence number, by direction
    _tried: bool = False
    _open: bool = False
    _over: bool = False
    _ended: set[bool] = field(default_factory=set)

    def packets(self, moment: Moment) -> Iterator[bytes]:
        """The packets of this moment. What cannot have happened on such a connection has none."""
        match moment.kind:
            case Kind.TRIED:
                yield from self._try()
            case Kind.REFUSED:
                yield from self._try()
                yield self._segment(Flag.RST | Flag.ACK, forward=False)
            case Kind.OPENED:
                yield from self._establish()
            case Kind.OCTETS:
                yield from self._carry(moment.data, forward=moment.forward)
            case Kind.ENDED:
                yield from self._end(forward=moment.forward)
            case Kind.BROKEN:
                yield from self._break(forward=moment.forward)

    def _segment(self, flags: Flag, data: bytes = b"", *, forward: bool) -> bytes:
        source, target = (self.client, self.server) if forward else (self.server, self.client)
        acknowledged = self._next[not forward] if flags & Flag.ACK else 0
        packet = segment(source, target, self._next[forward], acknowledged, flags, data)
        self._next[forward] += len(data) + bool(flags & Flag.SYN) + bool(flags & Flag.FIN)
        return packet

    def _try(self) -> Iterator[bytes]:
        if not self._tried:
            self._tried = True
            yield self._segment(Flag.SYN, forward=True)

    def _establish(self) -> Iterator[bytes]:
        if self._open or self._ended:
            return
        yield from self._try()
        self._open = True
        yield self._segment(Flag.SYN | Flag.ACK, forward=False)
        yield self._segment(Flag.ACK, forward=True)

    def _carry(self, data: bytes, *, forward: bool) -> Iterator[bytes]:
        yield from self._establish()
        if not data or forward in self._ended:
            return
        for begin in range(0, len(data), LARGEST):
            yield self._segment(Flag.PSH | Flag.ACK, data[begin : begin + LARGEST], forward=forward)
        yield self._segment(Flag.ACK, forward=not forward)

    def _end(self, *, forward: bool) -> Iterator[bytes]:
        yield from self._establish()
        if forward in self._ended:
            return
        self._ended.add(forward)
        yield self._segment(Flag.FIN | Flag.ACK, forward=forward)
        yield self._segment(Flag.ACK, forward=not forward)

    def _break(self, *, forward: bool) -> Iterator[bytes]:
        yield from self._establish()
        if not self._over:
            self._over = True
            self._ended = {True, False}
            yield self._segment(Flag.RST | Flag.ACK, forward=forward)
