"""The steps of a script in columns: who, does what, which bytes; one row per wire line."""

import re
from collections.abc import Iterable, Iterator

from lab.scenario import Act, Case
from lab.scenario.rehearsal import Rehearsal, Rehearsed, rehearse
from lab.script import (
    ACCEPT,
    FIELDS,
    NONCE,
    NONCE_FIELD,
    AnyPeer,
    BlackHole,
    ClientSees,
    Close,
    Part,
    Pause,
    Peer,
    Placeholder,
    Receive,
    ReceiveRequest,
    Refuse,
    Request,
    Reset,
    Send,
    Stall,
    StartTLS,
    Step,
    UnixSocket,
    Until,
    peers,
)
from lab.show.escape import octets, wire_lines
from lab.show.text.http2 import request_rows
from lab.show.text.lines import EMPTY, Line, Span, Style, chopped, line, wrapped
from lab.show.text.statuses import counted

Did = tuple[str, str]
"""One row of what a party does: the verb, and the bytes or words that go with it."""

MOST_OCTETS, MOST_ROWS = 65_536, 24
"""Of one stretch of bytes, so many are looked at, and so many lines shown."""


def did(step: Step) -> list[Did]:
    """A step as rows."""
    match step:
        case Send(lines=lines):
            return [("sends", row) for row in _fewer([row for part in lines for row in _part(part)])]
        case ReceiveRequest(content=content):
            return [
                ("reads", "a request" if content is None else f"a request, {counted(content, 'byte')} of its content")
            ]
        case Receive(at_least=number):
            return [("reads", f"at least {counted(number, 'byte')}")]
        case Pause(seconds=seconds):
            return [("waits", f"{seconds:g} s")]
        case Until(event=event, else_after=seconds):
            who = "client" if isinstance(event, ClientSees) else "upstream"
            return [("waits", f"until the {who} has got {octets(event.what)} (at most {seconds:g} s)")]
        case StartTLS():
            return [("TLS", _tls(step))]
        case Close(alert=alert):
            return [("closes", "FIN" if alert else "FIN, without a closure alert")]
        case Reset():
            return [("breaks", "RST")]
        case Stall(reads=reads):
            silence = "says nothing more" if reads else "neither says nor reads anything more"
            return [("stalls", f"{silence}, keeps the connection open")]
    return [(type(step).__name__, "")]


def _part(part: Part) -> list[str]:
    if isinstance(part, Placeholder):
        return {
            NONCE: [f"{NONCE_FIELD.decode('ascii')}: (names this answer)\\r\\n"],
            FIELDS: [],
            ACCEPT: ["Sec-WebSocket-Accept: (answers the key)\\r\\n"],
        }.get(part, [f"({part.value})"])
    return shown_octets(part)


def shown_octets(data: bytes) -> list[str]:
    """The wire lines of some bytes, escaped. What repeats one octet is shortened, and so are very many lines."""
    shown = [_RUN.sub(_shortened, octets(each)) for each in wire_lines(data[:MOST_OCTETS])]
    if len(data) > MOST_OCTETS:
        shown.append(f"[... {counted(len(data) - MOST_OCTETS, 'byte')} more]")
    return _fewer(shown)


_RUN = re.compile(r"([^\\])\1{31,}")


def _shortened(run: re.Match[str]) -> str:
    return f"{run[0][:8]}[... {len(run[0]) - 8:,} more]"


def _fewer(rows: list[str]) -> list[str]:
    if len(rows) <= MOST_ROWS:
        return rows
    begin, end = MOST_ROWS * 2 // 3, MOST_ROWS // 3
    return [*rows[:begin], f"[... {len(rows) - begin - end:,} more lines]", *rows[-end:]]


def _tls(step: StartTLS) -> str:
    said = [f"certificate: {step.certificate}"]
    if step.alpn:
        said.append(f"offers {', '.join(step.alpn)}")
    if step.server_name is not None:
        said.append(f"only for the name {step.server_name}")
    if step.client_certificate:
        said.append("demands a client certificate")
    if (step.oldest, step.newest) != ("1.2", "1.3"):
        said.append(f"TLS {step.oldest} to {step.newest}")
    return ", ".join(said)


def listening(peer: AnyPeer) -> str:
    """How an upstream listens; empty where it does so in the usual way."""
    if isinstance(peer, Refuse):
        return "nobody listens: every connection is refused"
    if isinstance(peer, BlackHole):
        return "never answers an attempt to connect"
    if isinstance(peer, UnixSocket):
        return f"a Unix socket: {_FOUND[peer.found]}"
    return f"a name with two addresses: {_AT_FIRST[peer.first_address]}" if peer.first_address else ""


_FOUND = {
    "listening": "somebody listens",
    "absent": "no file is there",
    "stale": "the file is there, but nobody listens",
    "denied": "its permissions allow nobody to connect",
    "full": "its queue of connections is full, and nobody takes any",
}
_AT_FIRST = {
    "listens": "it listens at both, of IPv6 and of IPv4",
    "refuses": "nobody listens at the first, of IPv6",
    "silent": "the first, of IPv6, never answers an attempt to connect",
}


def wire(case: Case, width: int) -> list[Line]:
    """The whole story on the wire, as it is rehearsed: who, does what, which bytes."""
    rehearsal = rehearse(case)
    acts = case.acts()
    lines: list[Line] = []
    for number, act in enumerate(acts, 1):
        if len(acts) > 1:
            when = "" if act.clock is None else f", {act.clock:g} s after the first, by the gateway's clock"
            lines += [EMPTY, *wrapped(line(Span(f"request {number}", Style.STRONG), when), width)]
        for client in act.clients():
            if isinstance(client, Request):
                rows = request_rows(client) if client.version == "2" else shown_octets(client.wire())
                lines += columns("client", [("sends", row) for row in rows], width)
        for place, peer in enumerate(rehearsal.peers[number - 1], 1):
            if listening(peer) and act.upstream is not None:
                lines += columns(party(place), [("", listening(peer))], width, peer.wrong, peer.watch)
        for script in rehearsal.scripts:
            if script.act == number:
                lines += _script(script, alone(script, rehearsal), width)
        lines += columns("upstream", _besides(act), width)
    return lines


def _besides(act: Act) -> list[Did]:
    """What the steps that are shown do not tell of the upstream."""
    if act.upstream is None:
        return [("goes on", "as before, if it is asked")]
    played = (script for peer in peers(act.upstream) if isinstance(peer, Peer) for script in peer.connections().all())
    if any(map(callable, played)):
        return [("reacts", "to what it is asked: this is what it sends if the gateway asks in its client's words")]
    return []


def alone(script: Rehearsed, rehearsal: Rehearsal) -> bool:
    """Whether its peer plays this one script only."""
    return sum((other.act, other.peer) == (script.act, script.peer) for other in rehearsal.scripts) == 1


def _script(script: Rehearsed, alone: bool, width: int) -> Iterator[Line]:
    who = "client" if script.peer == 0 else party(script.peer)
    if not alone:
        yield line(Span(f"{who}, {connection_words(script.connection, alone)}:", Style.QUIET))
    for step in script.steps:
        yield from columns(who, did(step), width, step.wrong, step.watch)


def connection_words(number: int, alone: bool) -> str:
    """Which connections play a script. `alone`: no other script is there for this peer."""
    if number:
        return f"connection {number}"
    return "every connection" if alone else "every further connection"


def party(peer: int) -> str:
    """The upstream; with its number where it is not the first."""
    return "upstream" if peer == 1 else f"upstream {peer}"


def columns(
    who: str, rows: Iterable[Did], width: int, wrong: str | None = None, watch: str | None = None
) -> Iterator[Line]:
    """Rows of one party; the party and the verb stand in the first row only. What is wrong follows, with its sign."""
    style = Style.FAULT if wrong else Style.BYTES
    before: Did | None = None
    for verb, text in rows:
        first = Span(f"{'!!' if wrong else '':3}{who if before is None else '':11}", Style.STRONG)
        again = before is not None and before[0] == verb
        broken = chopped if verb == "sends" else wrapped
        yield from broken(line(first, f"{'' if again else verb:8}", Span(text, style)), width, " " * 22)
        before = (verb, text)
    if wrong or watch:
        sign, style = ("wrong", Style.FAULT) if wrong else ("watch", Style.DOUBT)
        yield from wrapped(line(Span(f"{'':14}{sign + ':':8}{wrong or watch}", style)), width, " " * 22)
