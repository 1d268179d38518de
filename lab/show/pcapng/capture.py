"""Performances as one pcapng file: an interface for each, on which its packets were seen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lab.scenario import act_peers
from lab.scenario.rehearsal import rehearse
from lab.script import UnixSocket
from lab.show.escape import visible
from lab.show.pcapng import blocks
from lab.show.pcapng.conversation import Conversation
from lab.show.pcapng.moments import Kind, Line, Moment, moments
from lab.show.pcapng.segments import Endpoint
from lab.transcript import CLIENT_HOP, Transcript
from lab.verdict import READS, Judgement
from lab.version import VERSION

HONEST = (
    "badgateway wrote down what its own ends of these connections did, and TCP and IP around it are made up: addresses,"
    " ports, acknowledgements, sizes of segments. Octets, their order, times, FIN and RST are as they were. Time 0 is"
    " when the first performance began; each further one begins at a full second."
)

_SECRETS = 100
_SECOND = 1_000_000_000
_HTTP, _HTTPS = 80, 443
_FIRST_PORT, _PORTS = 49152, 16384
_CLIENT, _GATEWAY, _UPSTREAM, _UPSTREAMS = 1, 2, 10, 240
_TLS_HANDSHAKE = b"\x16\x03"


@dataclass(frozen=True)
class Capture:
    """What a capture tells of one performance. `name`: of the case. `says`: what became of it. `watched`: the marks
    that say no fault. `unix`: the numbers of the peers that were at a Unix socket."""

    transcript: Transcript
    name: str
    says: str = ""
    watched: frozenset[str] = frozenset()
    unix: frozenset[int] = frozenset()


def capture_of(judgement: Judgement) -> Capture:
    """What a capture tells of this performance."""
    case = judgement.case
    acts = [act_peers(act) or () for act in case.acts()]
    unix = {number for peers in acts for number, peer in enumerate(peers, 1) if isinstance(peer, UnixSocket)}
    why = f" ({judgement.why})" if judgement.why else ""
    says = f"{READS[judgement.verdict]}{why}"
    return Capture(judgement.transcript, case.name, says, rehearse(case).watched(), frozenset(unix))


def pcapng(captures: Iterable[Capture]) -> Iterator[bytes]:
    """The file, in pieces of no more than 64 KiB or so. Only what stands in one transcript is held at a time."""
    yield blocks.section(HONEST, f"badgateway {VERSION}")
    begin = 0
    for number, capture in enumerate(captures):
        yield from _performance(capture, number, begin)
        begin += -(-capture.transcript.elapsed // _SECOND) * _SECOND


def _performance(capture: Capture, number: int, begin: int) -> Iterator[bytes]:
    transcript = capture.transcript
    on = transcript.gateway.full_name
    told = visible(f"{capture.name} on {on}" + (f": {capture.says}" if capture.says else ""))
    yield blocks.interface(visible(capture.name), told)
    for first in range(0, len(transcript.secrets), _SECRETS):
        yield blocks.secrets(transcript.secrets[first : first + _SECRETS])
    seen = moments(transcript, capture.watched)
    lines = _Lines(number, seen)
    yield blocks.names(lines.names())
    comments = [told]
    for moment in seen:
        new = moment.line not in lines.conversations
        comments += map(visible, moment.says)
        if new and moment.line.hop != CLIENT_HOP and moment.line.peer in capture.unix:
            comments.append("this connection went through a Unix socket, and is shown as one of TCP")
        for packet in lines.conversation(moment.line).packets(moment):
            yield blocks.packet(number, begin + moment.at, packet, comments)
            comments = []


class _Lines:
    """The connections of one performance, with addresses and ports of their own."""

    def __init__(self, performance: int, seen: Sequence[Moment]) -> None:
        self.conversations: dict[Line, Conversation] = {}
        self._network = bytes([10, performance >> 8 & 0xFF, performance & 0xFF])
        self._peers = sorted({moment.line.peer for moment in seen if moment.line.hop != CLIENT_HOP})
        self._secure: set[Line] = set()
        for moment in reversed(seen):
            if moment.kind is Kind.OCTETS and moment.forward:
                (self._secure.add if moment.data[:2] == _TLS_HANDSHAKE else self._secure.discard)(moment.line)

    def names(self) -> dict[bytes, str]:
        """What the addresses are called."""
        own = {self._address(_CLIENT): "client.test", self._address(_GATEWAY): "gateway.test"}
        return own | {self._upstream(peer): f"upstream-{peer}.test" for peer in self._peers[:_UPSTREAMS]}

    def conversation(self, line: Line) -> Conversation:
        """The one on this connection, with ports by which the protocols on it are known."""
        if line not in self.conversations:
            client = self._address(_CLIENT if line.hop == CLIENT_HOP else _GATEWAY)
            server = self._address(_GATEWAY) if line.hop == CLIENT_HOP else self._upstream(line.peer)
            port = _FIRST_PORT + len(self.conversations) % _PORTS
            ends = Endpoint(client, port), Endpoint(server, _HTTPS if line in self._secure else _HTTP)
            self.conversations[line] = Conversation(*ends)
        return self.conversations[line]

    def _address(self, host: int) -> bytes:
        return self._network + bytes([host])

    def _upstream(self, peer: int) -> bytes:
        return self._address(_UPSTREAM + (peer - 1) % _UPSTREAMS)
